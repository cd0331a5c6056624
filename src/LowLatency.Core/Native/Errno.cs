namespace LowLatency.Core.Native;

/// <summary>Linux's error numbers, as far as the calls made here return them.</summary>
public static class Errno
{
    internal const int NotPermitted = 1;
    internal const int OutOfMemory = 12;
    internal const int AccessDenied = 13;
    internal const int Invalid = 22;
    internal const int NoSuchCall = 38;
    internal const int NotSupported = 95;

    /// <summary>The name of an error number, such as EPERM; the number itself where it is not known here.</summary>
    /// <param name="errno">The positive number.</param>
    public static string NameOf(int errno) => errno switch
    {
        NotPermitted => "EPERM",
        3 => "ESRCH",
        2 => "ENOENT",
        4 => "EINTR",
        5 => "EIO",
        9 => "EBADF",
        11 => "EAGAIN",
        OutOfMemory => "ENOMEM",
        AccessDenied => "EACCES",
        14 => "EFAULT",
        Invalid => "EINVAL",
        NoSuchCall => "ENOSYS",
        27 => "EFBIG",
        28 => "ENOSPC",
        30 => "EROFS",
        88 => "ENOTSOCK",
        92 => "ENOPROTOOPT",
        NotSupported => "ENOTSUP",
        _ => $"errno {errno}",
    };
}
