using System.Globalization;

namespace LowLatency.Analytics.Alerts;

/// <summary>
/// Reads a rule: <c>comparison or event [and …] [on BAR] [for TIME]</c>, a comparison being <c>value operator value</c> with a number instead of one of the
/// values, or before it with a *. <c>on</c> counts for all values of bars before it that have none yet.
/// </summary>
/// <param name="text">The rule.</param>
/// <param name="sources">What can be named.</param>
internal sealed class AlertParser(string text, AlertSources sources)
{
    private const long MostForNs = 7 * 86_400_000_000_000;

    private static readonly (string Text, AlertOperator Operator)[] Signs =
    [
        (">=", AlertOperator.AtLeast), ("<=", AlertOperator.AtMost), ("==", AlertOperator.Equal), ("!=", AlertOperator.NotEqual), (">", AlertOperator.Above), ("<", AlertOperator.Below),
    ];

    private static readonly (string Text, AlertOperator Operator)[] Words =
    [
        ("crosses_above", AlertOperator.CrossesAbove), ("crosses_below", AlertOperator.CrossesBelow), ("crosses", AlertOperator.Crosses),
    ];

    private static readonly (string Unit, long Ns)[] Units =
    [
        ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
    ];

    private static readonly string Operators = string.Join(", ", Signs.Concat(Words).Select(o => o.Text));

    private readonly AlertScanner _scanner = new(text);

    // Sides in the order of the text; a comparison takes two of them.
    private readonly List<AlertOperand> _operands = [];
    private readonly List<(AlertOperator Operator, int At)> _operators = [];
    private AlertEvents _events;
    private int _resolved;

    /// <summary>Reads it.</summary>
    /// <exception cref="AlertRuleException">It is wrong.</exception>
    public AlertRule Parse()
    {
        if (_scanner.IsAtEnd) throw new AlertRuleException(1, "there is no rule; write for example rsi(14) crosses_above 70 on 1m");
        do ReadTerm();
        while (_scanner.TryWord("and"));
        int forAt = _scanner.At;
        long forNs = _scanner.TryWord("for") ? ReadTime() : 0;
        ReadBars();
        if (!_scanner.IsAtEnd)
        {
            string mistake = _scanner.Rest is "'or'" or "'||'" or "'|'" ? "is not known: there is no or; write two rules"
                : forNs == 0 ? "stands where and, on, for or the end should"
                : "stands behind for, which comes last and is about the whole rule";
            throw new AlertRuleException(_scanner.At, $"{_scanner.Rest} {mistake}");
        }

        if (_operands.Skip(_resolved).FirstOrDefault(o => o.Value is { IsOfBars: true }) is { } open)
            throw new AlertRuleException(open.At, $"{open.Text} is a value of bars: write on and one of {string.Join(", ", sources.Bars.Select(b => b.Name))} behind it");
        if (_operands.Count(o => o.Value is not null) > AlertRule.MostValues) throw new AlertRuleException(1, $"a rule compares at most {AlertRule.MostValues} values");
        AlertComparison[] comparisons = [.. _operators.Select((o, i) => new AlertComparison(_operands[2 * i], o.Operator, _operands[(2 * i) + 1]))];
        CheckMoments(comparisons);
        var rule = new AlertRule(comparisons, _events, forNs);
        if (forNs > 0 && rule.IsMoment) throw new AlertRuleException(forAt, "a crossing or an event is over at once and cannot hold for a time; compare with > or <, or leave for out");
        return rule;
    }

    private void ReadTerm()
    {
        int at = _scanner.At;
        if (TryReadEvent(at)) return;
        AlertOperand left = ReadOperand();
        ReadBars();
        int operatorAt = _scanner.At;
        AlertOperator comparison = ReadOperator(left);
        AlertOperand right = ReadOperand();
        if (left.Value is null && right.Value is null) throw new AlertRuleException(at, "two numbers are compared; at least one side is a value");
        _operators.Add((comparison, operatorAt));
        ReadBars();
    }

    private bool TryReadEvent(int at)
    {
        AlertEvents found;
        if (_scanner.TryWord("gap")) found = AlertEvents.Gap;
        else if (_scanner.TryWord("spike")) found = ReadSpike();
        else if (_scanner.TryWord("reversal")) found = ReadVersion();
        else return false;
        if (found != AlertEvents.Gap) sources.CheckSignals("spike or reversal", at);
        if (_events != AlertEvents.None) throw new AlertRuleException(at, "two events never come at the same moment; make two rules of it");
        _events = found;
        return true;
    }

    private AlertEvents ReadSpike()
    {
        if (_scanner.TryWord("begins")) return AlertEvents.SpikeBegins;
        if (_scanner.TryWord("ends")) return AlertEvents.SpikeEnds;
        throw new AlertRuleException(_scanner.At, $"{_scanner.Rest} stands behind spike; write spike begins or spike ends");
    }

    private AlertEvents ReadVersion()
    {
        for (int version = 1; version <= Reversals.SignalCounters.Versions; version++)
        {
            if (_scanner.TryWord($"v{version}")) return (AlertEvents)((int)AlertEvents.Reversal1 << (version - 1));
        }

        int at = _scanner.At;
        if (_scanner.IsAtEnd || _scanner.TryWord("and")) throw new AlertRuleException(at, "which reversal? Write reversal v1, v2, v3, v4 or any");
        if (_scanner.TryWord("any")) return AlertEvents.AnyReversal;
        throw new AlertRuleException(at, $"{_scanner.Rest} stands behind reversal; write reversal v1, v2, v3, v4 or any");
    }

    private AlertOperator ReadOperator(AlertOperand left)
    {
        int at = _scanner.At;
        foreach ((string sign, AlertOperator comparison) in Signs)
        {
            if (_scanner.TryText(sign)) return comparison;
        }

        foreach ((string word, AlertOperator comparison) in Words)
        {
            if (!_scanner.TryWord(word)) continue;
            if (comparison == AlertOperator.Crosses) CheckOneWord(at);
            return comparison;
        }

        string rest = _scanner.Rest;
        string hint = _scanner.TryText("=>") ? "did you mean >=? "
            : _scanner.TryText("=<") ? "did you mean <=? "
            : _scanner.TryText("=") ? "did you mean ==? "
            : AlertSources.Nearest(rest.Trim('\''), Words.Select(w => w.Text));
        throw new AlertRuleException(at, $"{rest} stands behind {left.Text} where a comparison should; {hint}there are {Operators}");
    }

    // No value is called above or below.
    private void CheckOneWord(int at)
    {
        foreach (string side in (string[])["above", "below"])
        {
            if (_scanner.TryWord(side)) throw new AlertRuleException(at, $"'crosses {side}' is written as one word: crosses_{side}");
        }
    }

    private AlertOperand ReadOperand()
    {
        int at = _scanner.At;
        double factor = 1;
        if (char.IsAsciiDigit(_scanner.Peek) || _scanner.Peek is '-' or '+' or '.')
        {
            string number = _scanner.Number();
            if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out factor) || !double.IsFinite(factor)) throw new AlertRuleException(at, $"'{number}' is no number");
            if (!_scanner.TryText("*")) return Add(new AlertOperand(null, factor, at, number));
        }

        int nameAt = _scanner.At;
        string word = _scanner.Word();
        if (word.Length == 0) throw new AlertRuleException(nameAt, $"{_scanner.Rest} stands where a value{(nameAt == at ? " or a number" : "")} should, such as price, spread_bps or rsi(14)");
        string name = word + _scanner.Parentheses();
        string? output = _scanner.TryText(".") ? _scanner.Word() : null;
        return Add(new AlertOperand(sources.Find(name, output, nameAt), factor, nameAt, output is null ? name : $"{name}.{output}"));
    }

    private AlertOperand Add(AlertOperand operand)
    {
        _operands.Add(operand);
        return operand;
    }

    private void ReadBars()
    {
        int at = _scanner.At;
        if (!_scanner.TryWord("on")) return;
        int nameAt = _scanner.At;
        int bar = sources.FindBar(_scanner.Run(), nameAt);
        bool any = false;
        bool others = _operands.Take(_resolved).Any(o => o.Value is { IsOfBars: true });
        for (; _resolved < _operands.Count; _resolved++)
        {
            AlertOperand operand = _operands[_resolved];
            if (operand.Value is not { IsOfBars: true } value) continue;
            any = true;
            if (value.Field is AlertField.Theta or AlertField.Threshold && sources.Bars[bar].Kind != Market.Streams.BarKind.Imbalance)
                throw new AlertRuleException(operand.At, $"{operand.Text} is a value of imbalance bars: write on ib, and set bars.imbalance_t0");
            _operands[_resolved] = operand with { Value = value with { Spec = bar } };
        }

        if (!any) throw new AlertRuleException(at, $"before this on there is no value of bars{(others ? " that has none yet" : "")}; leave it out");
    }

    private long ReadTime()
    {
        int at = _scanner.At;
        string time = _scanner.Run();
        foreach ((string unit, long ns) in Units)
        {
            if (!time.EndsWith(unit, StringComparison.Ordinal)) continue;
            if (!long.TryParse(time.AsSpan(0, time.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)) continue;
            if (number == 0 || number > MostForNs / ns) throw new AlertRuleException(at, $"'{time}' is out of range; allowed is 1ms to 7d");
            return number * ns;
        }

        throw new AlertRuleException(at, $"{(time.Length == 0 ? "the end" : $"'{time}'")} is no time; write a whole number and ms, s, m, h or d");
    }

    private void CheckMoments(AlertComparison[] comparisons)
    {
        var crossings = comparisons.Select((c, i) => (Comparison: c, _operators[i].At)).Where(c => c.Comparison.IsCrossing).ToList();
        if (_events != AlertEvents.None && crossings.Count > 0)
            throw new AlertRuleException(crossings[0].At, "a crossing and an event never come at the same moment; compare with > or <, or make two rules of it");
        AlertKinds shared = AlertKinds.All;
        foreach ((AlertComparison comparison, int at) in crossings)
        {
            AlertKinds kinds = new[] { comparison.Left, comparison.Right }.Where(o => o.Value is not null).Aggregate(AlertKinds.None, (all, o) => all | sources.KindOf(o.Value!.Value));
            shared &= kinds;
            if (shared == AlertKinds.None) throw new AlertRuleException(at, "this crossing and the one before never come at the same moment: their values change apart; make two rules of it");
        }
    }
}
