namespace LowLatency.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Suites">The suites to run; none stands for all.</param>
/// <param name="JsonFile">Where to write the results as JSON; null for nowhere.</param>
/// <param name="Quick">Whether to measure shortly: enough to see that everything runs, not to compare.</param>
/// <param name="Filter">Run only benchmarks whose class or method contains it; null for all.</param>
public sealed record SuiteArguments(string[] Suites, string? JsonFile, bool Quick, string? Filter)
{
    /// <summary>Reads the command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="known">The suites that there are.</param>
    /// <param name="arguments">What they ask for.</param>
    /// <param name="mistake">What is wrong with them, and what is allowed.</param>
    public static bool TryParse(string[] args, string[] known, out SuiteArguments arguments, out string mistake)
    {
        var suites = new List<string>();
        string? jsonFile = null;
        string? filter = null;
        bool quick = false;
        mistake = "";
        for (int i = 0; i < args.Length && mistake.Length == 0; i++)
        {
            switch (args[i])
            {
                case "--quick":
                    quick = true;
                    break;
                case "--json" or "--filter" when i + 1 == args.Length:
                    mistake = $"{args[i]} wants a value.";
                    break;
                case "--json":
                    jsonFile = args[++i];
                    break;
                case "--filter":
                    filter = args[++i];
                    break;
                case var suite when known.Contains(suite):
                    suites.Add(suite);
                    break;
                default:
                    mistake = $"There is no suite or option '{args[i]}'. Suites: {string.Join(", ", known)}; options: --json FILE, --filter TEXT, --quick.";
                    break;
            }
        }

        arguments = new SuiteArguments([.. suites], jsonFile, quick, filter);
        return mistake.Length == 0;
    }
}
