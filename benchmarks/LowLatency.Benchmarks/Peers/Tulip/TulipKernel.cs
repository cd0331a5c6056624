using System.Runtime.InteropServices;
using LowLatency.Benchmarks.Kernels;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Tulip;

/// <summary>Tulip Indicators over the same columns.</summary>
/// <param name="kernel">Which.</param>
internal sealed class TulipKernel(KernelCase kernel) : Contender("Tulip Indicators (C)", Role.Peer)
{
    private readonly List<GCHandle> _pins = [];
    private TulipLibrary.Function? _function;
    private nint[] _inputs = [];
    private nint[] _outputs = [];

    public override string? Missing => TulipLibrary.Missing;

    public override RunOutcome Run(Load load)
    {
        if (_function is null) SetUp();
        TulipLibrary.Function function = _function!;
        CrewOutcome crew = Crew.Run(TimeSpan.FromSeconds(load.Seconds), () =>
        {
            for (long left = load.Events; left > 0; left -= BarWalk.Bars)
            {
                int code = function((int)Math.Min(left, BarWalk.Bars), _inputs, kernel.TulipOptions, _outputs);
                if (code != 0) throw new LabException($"ti_{kernel.TulipName} says {code}.");
            }
        });
        return RunOutcome.Of(crew, load.Events) with { AllocatedBytes = 0 };
    }

    protected override void Dispose(bool disposing)
    {
        foreach (GCHandle pin in _pins) pin.Free();
        _pins.Clear();
        base.Dispose(disposing);
    }

    private void SetUp()
    {
        _inputs = [.. kernel.TulipInputs.Select(input => Pin(input switch { 'h' => BarWalk.High, 'l' => BarWalk.Low, _ => BarWalk.Close }))];
        _outputs = [.. Enumerable.Range(0, kernel.Columns).Select(_ => Pin(new double[BarWalk.Bars]))];
        _function = TulipLibrary.Find(kernel.TulipName);
    }

    private nint Pin(double[] column)
    {
        var pin = GCHandle.Alloc(column, GCHandleType.Pinned);
        _pins.Add(pin);
        return pin.AddrOfPinnedObject();
    }
}
