using LowLatency.Aeron.Logs;
using LowLatency.Aeron.Protocol;

namespace LowLatency.Aeron.Driver;

/// <content>What is looked at once a timer interval: blocked publishers, slow untethered subscribers, the end.</content>
internal sealed partial class IpcPublication
{
    public void OnTimer(long nowNs)
    {
        switch (State)
        {
            case PublicationState.Active when Log.IsRevoked:
                Revoke();
                break;
            case PublicationState.Active:
                Log.IsConnected = ActiveSubscribers > 0;
                if (!IsExclusive) CheckForBlockedPublisher(nowNs);
                break;
            case PublicationState.Draining:
                Drain();
                break;
            case PublicationState.Linger when _references <= 0:
                State = PublicationState.Done;
                break;
        }
    }

    /// <summary>A subscriber does not want the stream: the publisher is told why, and all subscribers lose the image until a time.</summary>
    public void Reject(string reason, long untilNs)
    {
        _systemCounters[SystemCounters.ImagesRejected].Increment();
        _clients.PublicationError(this, AeronErrorCode.ImageRejected, reason);
        if (_isCoolingDown || State != PublicationState.Active) return;
        TellUnavailable();
        foreach (SubscriberPosition subscriber in _subscribers)
        {
            if (subscriber.Counts) _consumerPosition = Math.Max(_consumerPosition, subscriber.Counter.Value);
            if (subscriber.State != TetherState.Closed) _counters.Free(subscriber.Counter);
        }

        _subscribers = [];
        _hasUntethered = false;
        Log.IsConnected = false;
        _isCoolingDown = true;
        _coolDownEndNs = untilNs;
    }

    /// <summary>Whether the time after a rejection is just over: subscriptions may have it again.</summary>
    public bool TryEndCoolDown(long nowNs)
    {
        if (!_isCoolingDown || nowNs - _coolDownEndNs < 0) return false;
        _isCoolingDown = false;
        return true;
    }

    private void Revoke()
    {
        long producer = Log.ProducerPosition;
        _publisherLimit.Set(producer);
        Log.EndOfStreamPosition = producer;
        Log.IsConnected = false;
        TellUnavailable();
        State = PublicationState.Linger;
        _systemCounters[SystemCounters.PublicationsRevoked].Increment();
    }

    private void Drain()
    {
        _publisherPosition.Set(Log.ProducerPosition);
        if (IsDrained)
        {
            TellUnavailable();
            State = PublicationState.Linger;
            return;
        }

        // A claim that a dead publisher left stops every reader; there is nobody who could still commit it.
        foreach (SubscriberPosition subscriber in _subscribers)
        {
            if (subscriber.Counts) _consumerPosition = Math.Max(_consumerPosition, subscriber.Counter.Value);
        }

        if (LogUnblocker.Unblock(Log, _consumerPosition)) _systemCounters[SystemCounters.UnblockedPublications].Increment();
    }

    private void TellUnavailable()
    {
        foreach (SubscriberPosition subscriber in _subscribers)
        {
            if (subscriber.State == TetherState.Active) _clients.UnavailableImage(RegistrationId, subscriber.Subscription.RegistrationId, StreamId);
        }
    }

    private void CheckForBlockedPublisher(long nowNs)
    {
        bool isBlocked = _consumerPosition == _lastConsumerPosition
            && (Log.ActiveTermCount != (int)(_consumerPosition >> Log.PositionBits) || Log.ProducerPosition > _consumerPosition);
        if (!isBlocked)
        {
            _lastConsumerChangeNs = nowNs;
            _lastConsumerPosition = _consumerPosition;
        }
        else if (nowNs - _lastConsumerChangeNs > _unblockTimeoutNs && LogUnblocker.Unblock(Log, _consumerPosition))
        {
            _systemCounters[SystemCounters.UnblockedPublications].Increment();
        }
    }

    /// <summary>
    /// Looks after untethered subscribers, in every duty cycle and by a clock of its own: an eighth of the shortest of their timeouts, so that
    /// short ones are kept whatever the timer interval.
    /// </summary>
    public void CheckUntethered(long nowNs)
    {
        if (!_hasUntethered || State != PublicationState.Active || nowNs - _nextUntetheredNs < 0) return;
        _nextUntetheredNs = nowNs + _untetheredIntervalNs;
        long slack = _parameters.WindowLength - (_parameters.WindowLength / 4);
        long producer = Log.ProducerPosition;
        foreach (SubscriberPosition subscriber in _subscribers)
        {
            if (subscriber.Subscription.IsTether) continue;
            long since = nowNs - subscriber.StateSinceNs;
            long position = subscriber.Counter.Value;
            // Slow is who is behind the fastest reader; and who stands still while the publisher is that far ahead, also when nobody else reads.
            bool stands = position == subscriber.LastPosition && position <= producer - slack;
            subscriber.LastPosition = position;
            switch (subscriber.State)
            {
                case TetherState.Active when !stands && position > _consumerPosition - slack:
                    subscriber.StateSinceNs = nowNs;
                    break;
                case TetherState.Active when since > _parameters.UntetheredWindowLimitTimeoutNs:
                    _clients.UnavailableImage(RegistrationId, subscriber.Subscription.RegistrationId, StreamId);
                    Enter(subscriber, TetherState.Linger, nowNs);
                    break;
                case TetherState.Linger when since > _parameters.UntetheredLingerTimeoutNs:
                    Enter(subscriber, subscriber.Subscription.IsRejoin ? TetherState.Resting : TetherState.Closed, nowNs);
                    if (subscriber.State == TetherState.Closed) _counters.Free(subscriber.Counter);
                    break;
                case TetherState.Resting when since > _parameters.UntetheredRestingTimeoutNs:
                    subscriber.Counter.Set(JoinPosition);
                    Enter(subscriber, TetherState.Active, nowNs);
                    _clients.AvailableImage(this, subscriber);
                    break;
            }
        }
    }

    private void Enter(SubscriberPosition subscriber, TetherState state, long nowNs)
    {
        subscriber.State = state;
        subscriber.StateSinceNs = nowNs;
        subscriber.LastPosition = -1;
        // The last one that counted may have gone, or come back: the publisher is told without waiting for the timer.
        Log.IsConnected = ActiveSubscribers > 0;
    }
}
