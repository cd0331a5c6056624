using LowLatency.Aeron.Logs;

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
                CheckUntethered(nowNs);
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

    private void CheckUntethered(long nowNs)
    {
        long limit = _consumerPosition - _parameters.WindowLength + (_parameters.WindowLength / 4);
        foreach (SubscriberPosition subscriber in _subscribers)
        {
            if (subscriber.Subscription.IsTether) continue;
            long since = nowNs - subscriber.StateSinceNs;
            switch (subscriber.State)
            {
                case TetherState.Active when subscriber.Counter.Value > limit:
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

    private static void Enter(SubscriberPosition subscriber, TetherState state, long nowNs)
    {
        subscriber.State = state;
        subscriber.StateSinceNs = nowNs;
    }
}
