using FsCheck;
using FsCheck.Fluent;
using LowLatency.Aeron.Protocol;

namespace LowLatency.Aeron.Tests.Protocol;

public sealed class MessageTests
{
    private readonly byte[] _body = [.. Enumerable.Repeat((byte)0xEE, 512)];

    [Fact]
    public void Should_Write_Commands_As_The_Protocol_Has_Them()
    {
        var prefix = new CorrelatedMessage(1, 2);
        byte[] head = [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(head, Written(prefix.Write(_body)));
        Assert.Equal([.. head, 0xE9, 3, 0, 0, 9, 0, 0, 0, .. "aeron:ipc"u8], Written(new PublicationMessage(prefix, 1001, "aeron:ipc").Write(_body)));
        Assert.Equal(
            [.. head, 255, 255, 255, 255, 255, 255, 255, 255, 0xE9, 3, 0, 0, 9, 0, 0, 0, .. "aeron:ipc"u8],
            Written(new SubscriptionMessage(prefix, 1001, "aeron:ipc").Write(_body)));
        Assert.Equal([.. head, 3, 0, 0, 0, 0, 0, 0, 0], Written(new RemoveMessage(prefix, 3, 1).Write(_body, withFlags: false)));
        Assert.Equal([.. head, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0], Written(new RemoveMessage(prefix, 3, 1).Write(_body, withFlags: true)));
        Assert.Equal([.. head, 0xE9, 3, 0, 0, 3, 0, 0, 0, 7, 8, 9, 0, 2, 0, 0, 0, .. "ab"u8], Written(new CounterMessage(prefix, 1001, [7, 8, 9], "ab").Write(_body)));
    }

    [Fact]
    public void Should_Write_Events_As_The_Protocol_Has_Them()
    {
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 11, 0, 0, 0, 3, 0, 0, 0, .. "why"u8], Written(new ErrorEvent(1, AeronErrorCode.GenericError, "why").Write(_body)));
        Assert.Equal(
            [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 255, 255, 255, 255, 2, 0, 0, 0, .. "/f"u8],
            Written(new PublicationReadyEvent(1, 2, 3, 4, 5, -1, "/f").Write(_body)));
        Assert.Equal(
            [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 2, 0, 0, 0, .. "/f"u8, 0, 0, 9, 0, 0, 0, .. "aeron:ipc"u8],
            Written(new AvailableImageEvent(1, 2, 3, 4, 5, "/f", "aeron:ipc").Write(_body)));
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, 0, .. "aeron:ipc"u8], Written(new UnavailableImageEvent(1, 2, 3, "aeron:ipc").Write(_body)));
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255], Written(new NumberedEvent(1, -1).Write(_body)));
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0], Written(new NumberedEvent(1, -1).WriteId(_body)));
    }

    [Fact]
    public void Should_Read_Back_What_Was_Written() =>
        Prop.ForAll<long, int, NonNull<string>>((id, number, text) =>
        {
            string channel = text.Get.Length > 30 ? text.Get[..30] : text.Get;
            // What is no text in UTF-8 does not come back.
            channel = new string([.. channel.Where(c => !char.IsSurrogate(c))]);
            byte[] key = [.. channel.Take(5).Select(c => (byte)c)];
            var prefix = new CorrelatedMessage(id, ~id);
            Check(new PublicationMessage(prefix, number, channel), m => m.Write(_body), PublicationMessage.TryRead);
            Check(new SubscriptionMessage(prefix, number, channel), m => m.Write(_body), SubscriptionMessage.TryRead);
            Check(new RemoveMessage(prefix, id, number), m => m.Write(_body, withFlags: true), RemoveMessage.TryRead);
            Check(new ErrorEvent(id, (AeronErrorCode)number, channel), m => m.Write(_body), ErrorEvent.TryRead);
            Check(new PublicationReadyEvent(id, ~id, number, 2, 3, 4, channel), m => m.Write(_body), PublicationReadyEvent.TryRead);
            Check(new AvailableImageEvent(id, number, 2, ~id, 3, channel, "aeron:ipc"), m => m.Write(_body), AvailableImageEvent.TryRead);
            Check(new UnavailableImageEvent(id, ~id, number, channel), m => m.Write(_body), UnavailableImageEvent.TryRead);
            int length = new CounterMessage(prefix, number, key, channel).Write(_body);
            Assert.True(CounterMessage.TryRead(_body.AsSpan(0, length), out CounterMessage counter));
            Assert.Equal((prefix, number, channel), (counter.Prefix, counter.TypeId, counter.Label));
            Assert.Equal(key, counter.Key.ToArray());
            for (int cut = 0; cut < length; cut++) Assert.False(CounterMessage.TryRead(_body.AsSpan(0, cut), out _));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Should_Not_Read_What_No_One_Wrote() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            CorrelatedMessage.TryRead(bytes, out _);
            PublicationMessage.TryRead(bytes, out _);
            SubscriptionMessage.TryRead(bytes, out _);
            RemoveMessage.TryRead(bytes, out _);
            CounterMessage.TryRead(bytes, out _);
            ErrorEvent.TryRead(bytes, out _);
            AvailableImageEvent.TryRead(bytes, out _);
            UnavailableImageEvent.TryRead(bytes, out _);
            PublicationReadyEvent.TryRead(bytes, out _);
            PublicationErrorEvent.TryRead(bytes, out _);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Should_Cut_A_Long_Channel_In_A_Key()
    {
        byte[] key = new byte[112];
        StreamKey.Write(key, 1, 2, 3, new string('x', 200));
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 92, 0, 0, 0], key[..20]);
        Assert.All(key[20..], b => Assert.Equal((byte)'x', b));
    }

    private delegate bool Reader<T>(ReadOnlySpan<byte> body, out T message);

    private void Check<T>(T message, Func<T, int> write, Reader<T> read)
        where T : struct
    {
        int length = write(message);
        Assert.True(read(_body.AsSpan(0, length), out T back));
        Assert.Equal(message, back);
        for (int cut = 0; cut < length; cut++)
        {
            // A removal without its flags is whole: older clients send it so.
            Assert.Equal(message is RemoveMessage && cut >= 24, read(_body.AsSpan(0, cut), out _));
        }
    }

    private byte[] Written(int length) => _body[..length];
}
