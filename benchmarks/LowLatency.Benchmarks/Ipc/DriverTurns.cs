using LowLatency.Aeron.Driver;
using LowLatency.Core.Agents;

namespace LowLatency.Benchmarks.Ipc;

/// <summary>The duty cycle of an invoked driver, for a runner that ends with a run and leaves the driver alive.</summary>
/// <param name="driver">The driver.</param>
internal sealed class DriverTurns(MediaDriver driver) : Agent
{
    public override string Name => "aeron-driver";

    public override int DoWork() => driver.Invoke();
}
