using System.Diagnostics.CodeAnalysis;

namespace LowLatency.Aeron.Client;

/// <summary>A stream's reading end: an <see cref="Image"/> for each log that publishes it. One thread polls.</summary>
public sealed class Subscription : IDisposable
{
    private readonly ClientConductor _conductor;
    private Image[] _images = [];
    private int _next;
    private volatile bool _isClosed;

    internal Subscription(ClientConductor conductor, string channel, int streamId, long registrationId, Action<Image>? onAvailable, Action<Image>? onUnavailable)
    {
        _conductor = conductor;
        Channel = channel;
        StreamId = streamId;
        RegistrationId = registrationId;
        OnAvailableImage = onAvailable;
        OnUnavailableImage = onUnavailable;
    }

    /// <summary>The channel it was added with.</summary>
    public string Channel { get; }

    /// <summary>The stream.</summary>
    public int StreamId { get; }

    /// <summary>What it is registered under.</summary>
    public long RegistrationId { get; }

    /// <summary>The counter that tells the channel's state; -1 of IPC, which needs none.</summary>
    public int ChannelStatusId { get; internal set; } = -1;

    /// <summary>The images that there are now.</summary>
    public IReadOnlyList<Image> Images => Volatile.Read(ref _images);

    /// <summary>Whether there is an image.</summary>
    public bool IsConnected => Volatile.Read(ref _images).Length > 0;

    /// <summary>Whether it is closed.</summary>
    public bool IsClosed => _isClosed;

    internal Action<Image>? OnAvailableImage { get; }

    internal Action<Image>? OnUnavailableImage { get; }

    /// <summary>The image of a session; null where there is none.</summary>
    /// <param name="sessionId">The session.</param>
    public Image? ImageBySession(int sessionId)
    {
        foreach (Image image in Volatile.Read(ref _images))
        {
            if (image.SessionId == sessionId) return image;
        }

        return null;
    }

    /// <summary>Hands the next fragments of all images to a handler, each poll beginning with another image.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="fragmentLimit">Most fragments.</param>
    /// <returns>How many fragments it was.</returns>
    public int Poll<THandler>(ref THandler handler, int fragmentLimit)
        where THandler : struct, IFragmentHandler
    {
        Image[] images = Volatile.Read(ref _images);
        int start = NextStart(images.Length);
        int fragments = 0;
        for (int i = start; i < images.Length && fragments < fragmentLimit; i++) fragments += images[i].Poll(ref handler, fragmentLimit - fragments);
        for (int i = 0; i < start && fragments < fragmentLimit; i++) fragments += images[i].Poll(ref handler, fragmentLimit - fragments);
        return fragments;
    }

    /// <summary>Hands the next fragments of all images to a handler.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="fragmentLimit">Most fragments.</param>
    /// <returns>How many fragments it was.</returns>
    public int Poll(FragmentHandler handler, int fragmentLimit)
    {
        var wrapped = new DelegateFragmentHandler(handler);
        return Poll(ref wrapped, fragmentLimit);
    }

    /// <summary>Hands the next fragments of all images to a handler that says after each how it goes on; where it stops, the poll of that image stops.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="fragmentLimit">Most fragments.</param>
    /// <returns>How many fragments it was.</returns>
    public int ControlledPoll<THandler>(ref THandler handler, int fragmentLimit)
        where THandler : struct, IControlledFragmentHandler
    {
        Image[] images = Volatile.Read(ref _images);
        int start = NextStart(images.Length);
        int fragments = 0;
        for (int i = start; i < images.Length && fragments < fragmentLimit; i++) fragments += images[i].ControlledPoll(ref handler, fragmentLimit - fragments);
        for (int i = 0; i < start && fragments < fragmentLimit; i++) fragments += images[i].ControlledPoll(ref handler, fragmentLimit - fragments);
        return fragments;
    }

    /// <summary>Hands the next fragments of all images to a handler that says after each how it goes on.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="fragmentLimit">Most fragments.</param>
    /// <returns>How many fragments it was.</returns>
    public int ControlledPoll(ControlledFragmentHandler handler, int fragmentLimit)
    {
        var wrapped = new DelegateControlledFragmentHandler(handler);
        return ControlledPoll(ref wrapped, fragmentLimit);
    }

    /// <summary>Closes it and its images. May be called more than once.</summary>
    [SuppressMessage("Usage", "CA1816", Justification = "There is no finalizer.")]
    public void Dispose() => _conductor.Close(this);

    internal void Reject(Image image, string reason) => _conductor.Reject(image, reason);

    internal void Add(Image image) => Volatile.Write(ref _images, [.. _images, image]);

    internal Image? Remove(long correlationId)
    {
        Image? removed = Array.Find(_images, image => image.CorrelationId == correlationId);
        if (removed is not null) Volatile.Write(ref _images, [.. _images.Where(image => image != removed)]);
        return removed;
    }

    internal Image[] RemoveAll()
    {
        _isClosed = true;
        return Interlocked.Exchange(ref _images, []);
    }

    private int NextStart(int count)
    {
        int start = _next++;
        if (start < count) return start;
        _next = 1;
        return 0;
    }
}
