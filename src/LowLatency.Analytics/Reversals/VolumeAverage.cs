using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Reversals;

/// <summary>The mean volume of the n bars before the present one.</summary>
internal struct VolumeAverage
{
    private readonly double[] _volumes;
    private WindowSum _sum;
    private int _next;
    private int _seen;

    /// <param name="length">n.</param>
    public VolumeAverage(int length)
    {
        _volumes = new double[length];
        _sum = new WindowSum(length);
    }

    /// <summary>The mean; NaN while there are fewer than n bars.</summary>
    public readonly double Value => _seen < _volumes.Length ? double.NaN : _sum.Sum.Value / _volumes.Length;

    public void Add(double volume)
    {
        _sum.Update(volume, _volumes[_next]);
        _volumes[_next] = volume;
        _next = _next + 1 == _volumes.Length ? 0 : _next + 1;
        if (_seen < _volumes.Length) _seen++;
    }

    /// <summary>Another n: the newest bars are kept, as many as there are and fit.</summary>
    public void Change(int length)
    {
        if (length == _volumes.Length) return;
        var other = new VolumeAverage(length);
        for (int i = Math.Max(0, _seen - length); i < _seen; i++) other.Add(_volumes[(_next - _seen + i + _volumes.Length) % _volumes.Length]);
        this = other;
    }
}
