using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Ipc;

/// <summary>The loops of threads around publications and subscriptions.</summary>
internal static class IpcLoops
{
    /// <summary>Most fragments of a poll; the official programs are told the same.</summary>
    public const int FragmentLimit = 256;

    // How many polls may pass before the driver gets its turn, where it shares the subscriber's thread.
    private const int PollsATurn = 64;

    private const int PausesOfRest = 64;

    // Each publication has loops of its own: calls of a sealed class are direct, those of a shared generic are not.

    /// <summary>Offers messages one by one.</summary>
    public static void Offer(ExclusivePublication publication, byte[] message, long first, long count)
    {
        SpinWaiting waiting = default;
        for (long i = first; i < first + count; i++)
        {
            MessageTally.Write(message, i);
            while (!publication.Offer(message, out OfferResult result))
            {
                Refused(result);
                waiting.Wait();
            }
        }
    }

    /// <summary>Offers messages one by one.</summary>
    public static void Offer(ConcurrentPublication publication, byte[] message, long first, long count)
    {
        SpinWaiting waiting = default;
        for (long i = first; i < first + count; i++)
        {
            MessageTally.Write(message, i);
            while (!publication.Offer(message, out OfferResult result))
            {
                Refused(result);
                waiting.Wait();
            }
        }
    }

    /// <summary>Claims room for messages one by one, and writes them in place.</summary>
    public static void Claim(ExclusivePublication publication, int length, long first, long count)
    {
        SpinWaiting waiting = default;
        for (long i = first; i < first + count; i++)
        {
            BufferClaim claim;
            while (!publication.TryClaim(length, out claim, out OfferResult result))
            {
                Refused(result);
                waiting.Wait();
            }

            MessageTally.Write(claim.Buffer, i);
            claim.Commit();
        }
    }

    /// <summary>Claims room for messages one by one, and writes them in place.</summary>
    public static void Claim(ConcurrentPublication publication, int length, long first, long count)
    {
        SpinWaiting waiting = default;
        for (long i = first; i < first + count; i++)
        {
            BufferClaim claim;
            while (!publication.TryClaim(length, out claim, out OfferResult result))
            {
                Refused(result);
                waiting.Wait();
            }

            MessageTally.Write(claim.Buffer, i);
            claim.Commit();
        }
    }

    /// <summary>Polls until a number of messages has come.</summary>
    public static MessageTally Take(Image image, long first, long count)
    {
        SpinWaiting waiting = default;
        var tally = new MessageTally(first);
        for (long left = count; left > 0;)
        {
            int taken = image.Poll(ref tally, FragmentLimit);
            left -= taken;
            if (taken == 0) waiting.Wait();
        }

        return tally;
    }

    /// <summary>The same, gives the driver its turn in between, and rests longer after a poll that found nothing, so that it does not fight for the lines that are just written.</summary>
    public static MessageTally TakeAndDrive(Image image, MediaDriver driver, long first, long count)
    {
        SpinWaiting waiting = default;
        var tally = new MessageTally(first);
        int polls = 0;
        for (long left = count; left > 0;)
        {
            int taken = image.Poll(ref tally, FragmentLimit);
            left -= taken;
            for (int i = 0; taken == 0 && i < PausesOfRest; i++) waiting.Wait();
            if (++polls % PollsATurn == 0) driver.Invoke();
        }

        return tally;
    }

    /// <summary>Ends the run where no later try can be taken.</summary>
    /// <exception cref="LabException">The publication is closed or at its end.</exception>
    public static void Refused(OfferResult result)
    {
        if (result.Status is OfferStatus.Closed or OfferStatus.MaxPositionExceeded) throw new LabException($"A message was refused for good: {result.Status}.");
    }
}
