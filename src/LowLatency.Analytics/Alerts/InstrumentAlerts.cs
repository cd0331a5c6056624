namespace LowLatency.Analytics.Alerts;

/// <summary>What the rules remember of one instrument, in flat arrays; made when something of it is published first.</summary>
internal sealed class InstrumentAlerts
{
    /// <summary>Of an instrument that no rule is for.</summary>
    public static readonly InstrumentAlerts None = new();

    /// <param name="rules">The rules.</param>
    /// <param name="symbol">The instrument's symbol.</param>
    public InstrumentAlerts(AlertRules rules, string symbol)
    {
        IsFor = [.. Enumerable.Range(0, rules.Count).Select(i => rules.IsFor(i, symbol))];
        Values = new double[rules.Slots.Length];
        Values.AsSpan().Fill(double.NaN);
        States = new AlertState[rules.Count];
        States.AsSpan().Fill(AlertState.New);
        Sides = new sbyte[rules.Comparisons.Length];
    }

    private InstrumentAlerts()
    {
        IsFor = [];
        Values = [];
        States = [];
        Sides = [];
    }

    /// <summary>By rule.</summary>
    public bool[] IsFor { get; }

    /// <summary>By slot; NaN: not known.</summary>
    public double[] Values { get; }

    /// <summary>By rule.</summary>
    public AlertState[] States { get; }

    /// <summary>By comparison: <see cref="CompiledComparison.Holds"/>.</summary>
    public sbyte[] Sides { get; }

    /// <summary>When the first rule that waits will have waited long enough: of those for which trades are time that passes, and of those for which quotes are.</summary>
    public long DueOfTradesNs { get; private set; } = long.MaxValue;

    /// <inheritdoc cref="DueOfTradesNs"/>
    public long DueOfQuotesNs { get; private set; } = long.MaxValue;

    /// <summary>The earlier of the two.</summary>
    public long DueNs => Math.Min(DueOfTradesNs, DueOfQuotesNs);

    /// <summary>Newest quote, side by side.</summary>
    public AlertQuote Quote;

    /// <summary>Goes on from what was remembered for other rules: values that both keep, and rules that are the same.</summary>
    public void Take(AlertRules rules, InstrumentAlerts before, AlertRules rulesBefore)
    {
        Quote = before.Quote;
        for (int slot = 0; slot < Values.Length; slot++)
        {
            int known = Array.IndexOf(rulesBefore.Slots, rules.Slots[slot]);
            if (known >= 0) Values[slot] = before.Values[known];
        }

        for (int rule = 0; rule < States.Length; rule++)
        {
            int known = rulesBefore.IndexOf(rules, rule);
            if (known < 0 || !IsFor[rule] || !before.IsFor[known]) continue;
            States[rule] = before.States[known];
            Array.Copy(before.Sides, rulesBefore.Rules[known].FirstComparison, Sides, rules.Rules[rule].FirstComparison, rules.Rules[rule].Comparisons);
            if (States[rule].IsWaiting) Await(States[rule].BeginNs + rules.Rules[rule].ForNs, rules.Rules[rule].Passes);
        }
    }

    /// <summary>Notes when a rule will have waited long enough.</summary>
    /// <param name="dueNs">When.</param>
    /// <param name="passes">What is time that passes for it.</param>
    public void Await(long dueNs, AlertKinds passes)
    {
        if ((passes & AlertKinds.OfTrades) != 0 && dueNs < DueOfTradesNs) DueOfTradesNs = dueNs;
        if ((passes & AlertKinds.Quotes) != 0 && dueNs < DueOfQuotesNs) DueOfQuotesNs = dueNs;
    }

    /// <summary>Notes that no rule waits.</summary>
    public void AwaitNothing() => DueOfTradesNs = DueOfQuotesNs = long.MaxValue;
}
