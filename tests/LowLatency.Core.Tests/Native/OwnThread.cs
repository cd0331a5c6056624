namespace LowLatency.Core.Tests.Native;

/// <summary>Runs what changes its thread on a thread that nobody else needs.</summary>
internal static class OwnThread
{
    public static T Run<T>(Func<T> run)
    {
        T result = default!;
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = run();
            }
            catch (Exception caught)
            {
                thrown = caught;
            }
        });
        thread.Start();
        thread.Join();
        return thrown is null ? result : throw new AggregateException(thrown);
    }
}
