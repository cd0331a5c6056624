using System.Collections.Concurrent;

namespace LowLatency.Market.Instruments;

/// <summary>Names and their dense ids, 0, 1, 2 … in the order in which they were added; ids never change. Any thread may ask and add.</summary>
public abstract class NameTable
{
    /// <summary>The longest name, in bytes.</summary>
    public const int MaxNameBytes = 32;

    private readonly ConcurrentDictionary<string, int> _ids = new(new SymbolComparer());
    private readonly ConcurrentDictionary<string, int>.AlternateLookup<ReadOnlySpan<byte>> _idsByBytes;
    private readonly Lock _adding = new();
    private string[] _names = new string[16];
    private int _count;

    private protected NameTable(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _idsByBytes = _ids.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>How many names it can hold.</summary>
    public int Capacity { get; }

    /// <summary>How many names it holds; ids are below it.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether a name can be added at all: 1 to <see cref="MaxNameBytes"/> printable ASCII characters without space, comma and quote.</summary>
    /// <param name="name">The name's bytes.</param>
    public static bool IsValid(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > MaxNameBytes) return false;
        foreach (byte b in name)
        {
            if (b is <= (byte)' ' or >= 127 or (byte)',' or (byte)'"') return false;
        }

        return true;
    }

    /// <summary>The id of a known name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="id">Its id.</param>
    public bool TryGet(string name, out int id) => _ids.TryGetValue(name, out id);

    /// <summary>The id of a name, added when it is new. Allocates only then.</summary>
    /// <param name="name">The name's bytes.</param>
    /// <param name="id">Its id; -1 when there is none.</param>
    /// <returns>False when the name is not valid, or is new and the table is full.</returns>
    public bool TryGetOrAdd(ReadOnlySpan<byte> name, out int id) => _idsByBytes.TryGetValue(name, out id) || TryAdd(name, out id);

    private protected string NameOf(uint id)
    {
        if (id >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(id), id, $"There are {Count} names.");
        return Volatile.Read(ref _names)[id];
    }

    private bool TryAdd(ReadOnlySpan<byte> name, out int id)
    {
        id = -1;
        if (!IsValid(name)) return false;
        lock (_adding)
        {
            if (_idsByBytes.TryGetValue(name, out int known))
            {
                id = known;
                return true;
            }

            if (_count == Capacity) return false;
            string text = System.Text.Encoding.ASCII.GetString(name);
            if (_count == _names.Length)
            {
                string[] larger = new string[_names.Length * 2];
                _names.CopyTo(larger, 0);
                Volatile.Write(ref _names, larger);
            }

            id = _count;
            _names[id] = text;
            // The name is there before the id that leads to it.
            Volatile.Write(ref _count, id + 1);
            _ids[text] = id;
            return true;
        }
    }
}
