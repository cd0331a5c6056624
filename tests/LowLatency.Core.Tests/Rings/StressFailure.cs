namespace LowLatency.Core.Tests.Rings;

/// <summary>What went wrong on any of a stress test's threads.</summary>
internal sealed class StressFailure
{
    private volatile string? _text;

    public string? Text
    {
        get => _text;
        set => _text ??= value;
    }

    /// <summary>Starts a thread whose exceptions are failures.</summary>
    public Thread Start(Action body)
    {
        var thread = new Thread(() =>
        {
            try
            {
                body();
            }
            catch (Exception thrown)
            {
                Text = thrown.ToString();
            }
        });
        thread.IsBackground = true;
        thread.Start();
        return thread;
    }
}
