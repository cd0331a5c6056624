using System.Runtime.InteropServices;

namespace LowLatency.Benchmarks.Peers.Tulip;

/// <summary>The C library Tulip Indicators, where it is installed as a shared library.</summary>
internal static class TulipLibrary
{
    private const string Variable = "TULIP_LIBRARY";

    private static readonly nint Handle = Load();

    /// <summary>An indicator of the library.</summary>
    /// <param name="size">Number of bars.</param>
    /// <param name="inputs">Addresses of the inputs' columns.</param>
    /// <param name="options">The options.</param>
    /// <param name="outputs">Addresses of the outputs' columns.</param>
    /// <returns>0 when all is well.</returns>
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int Function(int size, nint[] inputs, double[] options, nint[] outputs);

    /// <summary>Why it cannot be used; null when it can.</summary>
    public static string? Missing
    {
        get
        {
            if (Handle != 0) return null;
            string? named = Environment.GetEnvironmentVariable(Variable);
            return named is { Length: > 0 } ? $"{Variable} names '{named}', which cannot be loaded." : $"Tulip Indicators is not installed; {Variable} names its shared library elsewhere.";
        }
    }

    /// <summary>One of its functions.</summary>
    /// <param name="name">Its name without the prefix.</param>
    public static Function Find(string name) => Marshal.GetDelegateForFunctionPointer<Function>(NativeLibrary.GetExport(Handle, $"ti_{name}"));

    private static nint Load()
    {
        string[] names = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? [named] : ["libindicators.so", "libtulipindicators.so"];
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint handle)) return handle;
        }

        return 0;
    }
}
