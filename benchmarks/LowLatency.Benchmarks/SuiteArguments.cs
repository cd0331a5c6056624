using System.Globalization;

namespace LowLatency.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Suites">The suites to run; none stands for all.</param>
public sealed record SuiteArguments(string[] Suites)
{
    /// <summary>What may be asked for.</summary>
    public const string Usage = "options: --quick, --filter TEXT, --list, --repetitions N, --seconds N, --json FILE, --html FILE, --compare FILE";

    /// <summary>Measure shortly: enough to see that everything runs, not to compare.</summary>
    public bool Quick { get; private init; }

    /// <summary>Run only experiments and micro benchmarks whose name contains it; null for all.</summary>
    public string? Filter { get; private init; }

    /// <summary>Say what there is, and run nothing.</summary>
    public bool List { get; private init; }

    /// <summary>Runs of each contender of an experiment, from 1 to 1000; null for what is usual.</summary>
    public int? Repetitions { get; private init; }

    /// <summary>Seconds of a run of an experiment, above 0; null for what is usual.</summary>
    public double? Seconds { get; private init; }

    /// <summary>Where to write the results as JSON; null for nowhere.</summary>
    public string? JsonFile { get; private init; }

    /// <summary>Where to write the results as a page; null for nowhere.</summary>
    public string? HtmlFile { get; private init; }

    /// <summary>Results to hold this run against; null for none.</summary>
    public string? CompareFile { get; private init; }

    /// <summary>Let the consumer of the allocation experiment allocate, so that a test can see it fail; not told to anyone else.</summary>
    public bool Allocate { get; private init; }

    /// <summary>Whether a name is chosen.</summary>
    /// <param name="name">The name of an experiment or a micro benchmark.</param>
    public bool Chooses(string name) => Filter is null || name.Contains(Filter, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="known">The suites that there are.</param>
    /// <param name="arguments">What they ask for.</param>
    /// <param name="mistake">What is wrong with them, and what is allowed; empty when nothing is.</param>
    public static bool TryParse(string[] args, string[] known, out SuiteArguments arguments, out string mistake)
    {
        arguments = new SuiteArguments([]);
        mistake = "";
        for (int i = 0; i < args.Length && mistake.Length == 0; i++)
        {
            string name = args[i];
            if (known.Contains(name))
            {
                arguments = arguments with { Suites = [.. arguments.Suites, name] };
                continue;
            }

            if (WithSwitch(arguments, name) is { } changed)
            {
                arguments = changed;
                continue;
            }

            if (name is not ("--filter" or "--json" or "--html" or "--compare" or "--repetitions" or "--seconds"))
                mistake = $"There is no suite or option '{name}'. Suites: {string.Join(", ", known)}; {Usage}.";
            else if (i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal))
                mistake = $"{name} wants a value.";
            else
                arguments = WithValue(arguments, name, args[++i], ref mistake);
        }

        return mistake.Length == 0;
    }

    private static SuiteArguments? WithSwitch(SuiteArguments arguments, string name) => name switch
    {
        "--quick" => arguments with { Quick = true },
        "--list" => arguments with { List = true },
        "--allocate" => arguments with { Allocate = true },
        _ => null,
    };

    private static SuiteArguments WithValue(SuiteArguments arguments, string name, string value, ref string mistake)
    {
        switch (name)
        {
            case "--filter":
                return arguments with { Filter = value };
            case "--json":
                return arguments with { JsonFile = value };
            case "--html":
                return arguments with { HtmlFile = value };
            case "--compare":
                if (!File.Exists(value)) mistake = $"--compare: there is no file '{value}'; give one that --json wrote.";
                return arguments with { CompareFile = value };
            case "--repetitions":
                if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int repetitions) && repetitions is >= 1 and <= 1000)
                    return arguments with { Repetitions = repetitions };
                mistake = $"--repetitions is a number from 1 to 1000, not '{value}'.";
                return arguments;
            default:
                if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0.01 and <= 86_400)
                    return arguments with { Seconds = seconds };
                mistake = $"--seconds is a number from 0.01 to 86400, not '{value}'.";
                return arguments;
        }
    }
}
