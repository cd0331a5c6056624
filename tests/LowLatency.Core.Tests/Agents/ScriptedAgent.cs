using LowLatency.Core.Agents;

namespace LowLatency.Core.Tests.Agents;

/// <summary>An agent that does what a test says and writes down what was called.</summary>
internal sealed class ScriptedAgent(string name, List<string> log) : Agent
{
    public override string Name => name;

    public Action? Starting { get; init; }

    public Func<int>? Working { get; init; }

    public Func<bool>? Asked { get; init; }

    public Action? Closing { get; init; }

    public override void OnStart()
    {
        log.Add($"{name} starts");
        Starting?.Invoke();
    }

    public override int DoWork() => Working?.Invoke() ?? 0;

    public override bool HasWork() => Asked?.Invoke() ?? false;

    public override void OnClose()
    {
        log.Add($"{name} closes");
        Closing?.Invoke();
    }
}
