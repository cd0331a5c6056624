using System.Reflection;
using System.Runtime.InteropServices;

namespace LowLatency.Core.Native;

/// <summary>Finds the native library once a process, checks that it is of the version this code was written for, and tells why when it is not used.</summary>
internal static class NativeLoader
{
    private static readonly nint Handle;

    static NativeLoader()
    {
        (Handle, Path, Problem) = Load(AppContext.BaseDirectory);
        // The declarations of NativeApi are bound to the very library whose version was checked.
        NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, (name, _, _) => name == NativeApi.Library ? Handle : 0);
    }

    /// <summary>Why the library cannot be used; null when it can.</summary>
    public static string? Problem { get; }

    /// <summary>Where it was found; empty when it was not.</summary>
    public static string Path { get; }

    /// <summary>The library's file name on this system.</summary>
    public static string FileName => OperatingSystem.IsWindows() ? "lowlatency.dll" : OperatingSystem.IsMacOS() ? "liblowlatency.dylib" : "liblowlatency.so";

    /// <summary>Looks in a folder, then where the runtime looks: a package's runtimes folder, the system's library folders.</summary>
    /// <param name="folder">Where programs of this repository have it: beside them.</param>
    internal static (nint Handle, string Path, string? Problem) Load(string folder)
    {
        // On Windows the host's own assembly has the library's name, and the library has nothing to offer there.
        if (OperatingSystem.IsWindows()) return (0, "", "this system is not supported by it");
        string beside = System.IO.Path.Combine(folder, FileName);
        try
        {
            if (File.Exists(beside)) return Check(NativeLibrary.Load(beside), beside);
            return NativeLibrary.TryLoad(NativeApi.Library, Assembly.GetExecutingAssembly(), null, out nint handle)
                ? Check(handle, FileName)
                : (0, "", $"{FileName} is not there: run.sh builds it where cmake and a C compiler are installed");
        }
        catch (Exception thrown) when (thrown is DllNotFoundException or BadImageFormatException)
        {
            return (0, beside, $"{beside} cannot be loaded: {thrown.Message.ReplaceLineEndings(" ").Trim()}");
        }
    }

    private static unsafe (nint Handle, string Path, string? Problem) Check(nint handle, string path)
    {
        string? problem = null;
        if (!NativeLibrary.TryGetExport(handle, "ll_abi_version", out nint function))
        {
            problem = $"{path} has no ll_abi_version: it is another library";
        }
        else
        {
            // Safe: in every version of the library this function takes nothing and returns an int32.
            int version = ((delegate* unmanaged<int>)function)();
            if (version != NativeApi.AbiVersion) problem = $"{path} is of ABI version {version}, this program needs {NativeApi.AbiVersion}: build it again with run.sh";
        }

        if (problem is null) return (handle, path, null);
        NativeLibrary.Free(handle);
        return (0, path, problem);
    }
}
