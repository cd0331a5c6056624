using System.Reflection;
using LowLatency.Benchmarks;

if (!SuiteArguments.TryParse(args, Suite.Names(Assembly.GetExecutingAssembly()), out SuiteArguments arguments, out string mistake))
{
    await Console.Error.WriteLineAsync(mistake);
    return 2;
}

return SuiteRunner.Run(arguments);
