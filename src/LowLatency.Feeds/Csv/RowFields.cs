using System.Runtime.CompilerServices;

namespace LowLatency.Feeds.Csv;

/// <summary>The fields of one outlined row.</summary>
/// <param name="text">The text that was outlined.</param>
/// <param name="bounds">The separator before the first field, then the one behind each field.</param>
internal readonly ref struct RowFields(ReadOnlySpan<byte> text, ReadOnlySpan<int> bounds)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ReadOnlySpan<int> _bounds = bounds;

    /// <summary>A field; empty when the row has fewer.</summary>
    /// <param name="column">The column, from 0; -1 gives an empty field.</param>
    public ReadOnlySpan<byte> this[int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)column >= (uint)(_bounds.Length - 1)) return default;
            int start = _bounds[column] + 1;
            return _text.Slice(start, _bounds[column + 1] - start);
        }
    }
}
