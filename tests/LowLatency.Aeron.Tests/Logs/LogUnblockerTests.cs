using LowLatency.Aeron.Client;
using LowLatency.Aeron.Logs;
using LowLatency.Aeron.Protocol;
using LowLatency.Aeron.Tests.Simulation;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Tests.Logs;

/// <summary>What a producer leaves that dies at each of its steps.</summary>
public sealed class LogUnblockerTests : IDisposable
{
    private readonly World _world = new();
    private readonly LogBuffers _log;
    private readonly ConcurrentPublication _publication;
    private readonly Subscription _subscription;

    public LogUnblockerTests()
    {
        AeronClient client = _world.Connect();
        _publication = client.AddPublication("aeron:ipc", 1);
        _subscription = client.AddSubscription("aeron:ipc", 1);
        _world.Step();
        _log = LogBuffers.Map(Directory.GetFiles(Path.Combine(_world.DriverDirectory, "publications")).Single());
    }

    public void Dispose()
    {
        _log.Unmap();
        _world.Dispose();
    }

    [Fact]
    public void Should_Leave_Alone_What_Is_Not_Blocked()
    {
        Assert.False(LogUnblocker.Unblock(_log, 0));
        Assert.True(_publication.Offer("a"u8, out _));
        Assert.False(LogUnblocker.Unblock(_log, 0));
        Assert.False(LogUnblocker.Unblock(_log, 64));
        Assert.Equal(1, Poll());
    }

    [Fact]
    public void Should_Pad_A_Claim_That_Was_Begun()
    {
        Assert.True(_publication.TryClaim(70, out _, out _));
        Assert.True(_publication.Offer("a"u8, out _));
        Assert.True(LogUnblocker.Unblock(_log, 0));
        Assert.Equal((102, DataHeaderLayout.Word(0xC0, 0), 0, _publication.SessionId, 1, _publication.InitialTermId), Frame(0));
        Assert.Equal(1, Poll());
        Assert.Equal(_publication.Position, _subscription.Images[0].Position);
    }

    [Fact]
    public void Should_Pad_A_Claim_That_Was_Not_Begun_Up_To_The_Next_Frame()
    {
        // The tail was moved, nothing written.
        _log.Tails[0].GetAndAdd(128);
        Assert.False(LogUnblocker.Unblock(_log, 0));
        Assert.True(_publication.Offer("a"u8, out _));
        Assert.Equal(0, Poll());
        Assert.True(LogUnblocker.Unblock(_log, 0));
        Assert.Equal((128, DataHeaderLayout.Word(0xC0, 0), 0, _publication.SessionId, 1, _publication.InitialTermId), Frame(0));
        Assert.Equal(1, Poll());
    }

    [Fact]
    public void Should_Pad_To_The_End_And_Rotate_When_Nobody_Came_After()
    {
        FillTerm(96);
        _log.Tails[0].GetAndAdd(96);
        Assert.True(LogUnblocker.Unblock(_log, 65536 - 96));
        Assert.Equal(96, Frame(65536 - 96).Length);
        Assert.Equal(1, _log.ActiveTermCount);
        Poll();
        Assert.Equal(65536, _subscription.Images[0].Position);
        Assert.True(_publication.Offer("next"u8, out OfferResult result));
        Assert.Equal(65536 + 64, result.Position);
    }

    [Fact]
    public void Should_Rotate_When_The_One_Who_Was_To_Do_It_Died()
    {
        FillTerm(96);
        // It tripped over the end, padded, and died before it rotated.
        long tail = _log.Tails[0].GetAndAdd(128);
        new FrameWriter(_publication.SessionId, 1).PadToEnd(_log.Terms[0], (int)(uint)tail, _publication.InitialTermId);
        Poll();
        Assert.Equal(65536, _subscription.Images[0].Position);
        Assert.Equal(0, _log.ActiveTermCount);
        Assert.True(LogUnblocker.Unblock(_log, 65536));
        Assert.Equal(1, _log.ActiveTermCount);
        Assert.False(LogUnblocker.Unblock(_log, 65536));
    }

    [Fact]
    public void Should_Let_Another_Producer_Rotate_For_A_Dead_One()
    {
        FillTerm(96);
        long tail = _log.Tails[0].GetAndAdd(128);
        new FrameWriter(_publication.SessionId, 1).PadToEnd(_log.Terms[0], (int)(uint)tail, _publication.InitialTermId);
        Poll();
        _world.Step();
        Assert.False(_publication.Offer("a"u8, out OfferResult result));
        Assert.Equal(OfferStatus.AdminAction, result.Status);
        Assert.True(_publication.Offer("a"u8, out _));
    }

    [Fact]
    public void Should_Rotate_Once_Whoever_Tries()
    {
        Assert.True(TermRotation.Rotate(_log, 0, _log.InitialTermId));
        Assert.False(TermRotation.Rotate(_log, 0, _log.InitialTermId));
        Assert.Equal(1, _log.ActiveTermCount);
        Assert.Equal(LogBufferDescriptor.PackTail(unchecked(_log.InitialTermId + 1), 0), _log.Tails[1].Get());
    }

    private (int Length, int Word, int TermOffset, int SessionId, int StreamId, int TermId) Frame(int offset)
    {
        MappedBlock term = _log.Terms[0];
        return (term.GetInt32(offset), term.GetInt32(offset + 4), term.GetInt32(offset + 8), term.GetInt32(offset + 12), term.GetInt32(offset + 16), term.GetInt32(offset + 20));
    }

    // Leaves so many bytes of the first term.
    private void FillTerm(int rest)
    {
        var patience = default(Patience);
        while (_publication.Position < 65536 - rest)
        {
            patience.Look();
            int room = (int)(65536 - rest - _publication.Position);
            if (!_publication.Offer(new byte[Math.Min(room, 1408) - 32], out _))
            {
                Poll();
                _world.Step();
            }
        }

        Poll();
        _world.Step();
    }

    private int Poll()
    {
        int all = 0;
        for (int i = 0; i < 10; i++) all += _subscription.Poll((payload, in header) => { }, 1000);
        return all;
    }
}
