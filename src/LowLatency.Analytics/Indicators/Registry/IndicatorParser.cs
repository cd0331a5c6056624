using System.Globalization;
using LowLatency.Market.Settings;

namespace LowLatency.Analytics.Indicators;

/// <summary>Reads one indicator's name; errors are <see cref="FormatException"/>s that quote the part they are about.</summary>
internal sealed class IndicatorParser(string name)
{
    private const int MaxDepth = 8;
    private const string Hint = "write name(parameters), for example rsi(14) or ema(20, rsi(14))";

    private readonly string _text = string.Concat(name.Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();
    private int _at;

    public Indicator Parse()
    {
        if (_text.Length == 0) throw new FormatException($"'{name}' is not an indicator; {Hint}");
        Indicator indicator = ReadIndicator(1);
        if (Peek == '.') throw new FormatException($"'{name}': an output is chosen only of an indicator inside another; {indicator.Spec.Name} has all of its outputs");
        if (_at != _text.Length) throw new FormatException($"'{name}': '{_text[_at..]}' is left over; {Hint}");
        return indicator;
    }

    private char Peek => _at < _text.Length ? _text[_at] : '\0';

    private Indicator ReadIndicator(int depth)
    {
        if (depth > MaxDepth) throw new FormatException($"'{name}': indicators stand at most {MaxDepth} deep in one another");
        string word = ReadWord();
        if (word.Length == 0) throw new FormatException($"'{name}' is not an indicator; {Hint}");
        IndicatorDefinition definition = Find(word);
        var numbers = new List<double>();
        int[] choices = [.. definition.Options.Select(_ => -1)];
        Source? source = null;
        if (Peek == '(')
        {
            _at++;
            while (Peek != ')')
            {
                if (source is not null) throw new FormatException($"'{name}': nothing comes after what {definition.Name} is computed on");
                if (IsNumber(Peek)) numbers.Add(ReadNumber(definition, numbers.Count));
                else if (!TryReadChoice(definition, choices)) source = ReadSource(definition, depth);
                if (Peek == ',' && _at + 1 < _text.Length && _text[_at + 1] != ')') _at++;
                else if (Peek != ')') throw new FormatException($"'{name}': there is no ')' after the parameters of {definition.Usage}, or no comma between them");
            }

            _at++;
        }

        for (int i = numbers.Count; i < definition.Parameters.Count; i++) numbers.Add(definition.Parameters[i].Default);
        numbers.AddRange(choices.Select(c => (double)Math.Max(c, 0)));
        return Make(definition, numbers, source);
    }

    private static Indicator Make(IndicatorDefinition definition, List<double> numbers, Source? source)
    {
        if (source?.Inner is null)
        {
            BarField field = source?.Field ?? BarField.Close;
            return definition.Make(definition.TextOf(numbers, field == BarField.Close ? null : BarFields.NameOf(field)), numbers, field);
        }

        IReadOnlyList<string> outputs = source.Inner.Spec.Outputs;
        string of = outputs.Count == 1 ? source.Inner.Spec.Name : $"{source.Inner.Spec.Name}.{outputs[source.Output]}";
        Indicator outer = definition.Make(definition.TextOf(numbers, of), numbers, BarField.Close);
        return new ChainedIndicator(outer.Spec, source.Inner, source.Output, outer);
    }

    private bool TryReadChoice(IndicatorDefinition definition, int[] choices)
    {
        int start = _at;
        string word = ReadWord();
        if (Peek is not (':' or '=') || word == "of")
        {
            _at = start;
            return false;
        }

        _at++;
        int option = definition.Options.ToList().FindIndex(o => o.Name == word);
        if (option < 0)
        {
            string known = definition.Options.Count == 0 ? "it has none" : $"{DidYouMean(word, definition.Options.Select(o => o.Name))}known: {string.Join(", ", definition.Options.Select(o => o.Usage))}";
            throw new FormatException($"'{name}': {definition.Name} has no choice '{word}'; {known}");
        }

        string choice = ReadWord();
        if (choices[option] >= 0) throw new FormatException($"'{name}': {word} is there twice");
        choices[option] = definition.Options[option].Choices.ToList().IndexOf(choice);
        if (choices[option] < 0) throw new FormatException($"'{name}': {definition.Name}: {word} is {string.Join(" or ", definition.Options[option].Choices)}, not '{choice}'");
        return true;
    }

    private Source ReadSource(IndicatorDefinition definition, int depth)
    {
        if (_text.AsSpan(_at).StartsWith("of:")) _at += 3;
        int start = _at;
        string word = ReadWord();
        if (word.Length == 0) throw new FormatException($"'{name}': '{_text[_at..]}' stands where a parameter of {definition.Usage} should; {Hint}");
        if (!definition.IsOfOneSeries)
            throw new FormatException($"'{name}': {definition.Usage} is computed on bars ({definition.Reads}), not on '{word}'; its parameters are numbers");
        if (BarFields.TryParse(word, out BarField field) && Peek != '(') return new Source(null, 0, field);
        _at = start;
        Indicator inner = ReadIndicator(depth + 1);
        return new Source(inner, ReadOutput(inner), BarField.Close);
    }

    private int ReadOutput(Indicator inner)
    {
        if (Peek != '.') return 0;
        _at++;
        string word = ReadWord();
        int output = inner.Spec.Outputs.ToList().IndexOf(word);
        if (output < 0) throw new FormatException($"'{name}': {inner.Spec.Name} has no output '{word}'; {DidYouMean(word, inner.Spec.Outputs)}its outputs are {string.Join(", ", inner.Spec.Outputs)}");
        return output;
    }

    private double ReadNumber(IndicatorDefinition definition, int index)
    {
        int start = _at;
        while (Peek is not (',' or ')' or '(' or '\0')) _at++;
        string text = _text[start.._at];
        if (index >= definition.Parameters.Count)
            throw new FormatException($"'{name}': {definition.Usage} takes {definition.Parameters.Count} parameter(s), and '{text}' is one more");
        IndicatorParameter parameter = definition.Parameters[index];
        if (!double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) || !parameter.Allows(value))
            throw new FormatException($"'{name}': {definition.Usage}: {parameter.Name} is {parameter.Range}, not '{text}'");
        return value;
    }

    private IndicatorDefinition Find(string word)
    {
        string usual = IndicatorRegistry.Aliases.GetValueOrDefault(word, word);
        IReadOnlyList<IndicatorDefinition> all = IndicatorRegistry.Definitions;
        return all.FirstOrDefault(d => d.Name == usual)
            ?? throw new FormatException(
                $"'{name}': there is no indicator '{word}'; {DidYouMean(word, [.. all.Select(d => d.Name), .. IndicatorRegistry.Aliases.Keys])}known: {string.Join(", ", all.Select(d => d.Name))}");
    }

    private string ReadWord()
    {
        int start = _at;
        while (char.IsAsciiLetterOrDigit(Peek) || Peek == '_') _at++;
        return _text[start.._at];
    }

    private static bool IsNumber(char c) => char.IsAsciiDigit(c) || c is '-' or '+' or '.';

    private static string DidYouMean(string word, IEnumerable<string> names) => NearestName.Find(word, names) is { } nearest ? $"did you mean {nearest}? " : "";

    private sealed record Source(Indicator? Inner, int Output, BarField Field);
}
