using System.Globalization;

namespace LowLatency.Storage.QuestDb.Protocol;

/// <summary>
/// Builds rows of any table: table, symbols, columns, time, in this order. For what is written once in a while; the rows of records have encoders of their own, of the
/// same parts. A row that turns out to be wrong is taken back whole, so that what the buffer holds are always whole rows.
/// </summary>
/// <param name="buffer">Where the rows go.</param>
/// <param name="version">Which protocol the server takes.</param>
public sealed class IlpLine(IlpBuffer buffer, IlpVersion version)
{
    private int _start;
    private State _state;

    private enum State
    {
        Outside,
        Table,
        Symbols,
        Columns,
    }

    /// <summary>Begins a row.</summary>
    /// <param name="name">The table's name.</param>
    /// <exception cref="ArgumentException">No table can have that name.</exception>
    /// <exception cref="InvalidOperationException">The row before was not ended.</exception>
    public IlpLine Table(ReadOnlySpan<char> name)
    {
        if (_state != State.Outside) throw Cancel(new InvalidOperationException("The row before was not ended: call At or AtNow first."));
        if (!IlpName.IsTable(name)) throw IlpName.NotATable(name);
        _start = buffer.Length;
        _state = State.Table;
        return Text(name, quoted: false);
    }

    /// <summary>Adds a symbol.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="value">The symbol.</param>
    /// <exception cref="ArgumentException">No column can have that name, or the value is no text.</exception>
    /// <exception cref="InvalidOperationException">There is no row, or it has columns already.</exception>
    public IlpLine Symbol(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (_state is State.Outside or State.Columns) throw Cancel(new InvalidOperationException("Symbols stand behind the table and before the columns."));
        if (!IlpName.IsColumn(name)) throw Cancel(IlpName.NotAColumn(name));
        buffer.Append(","u8);
        Text(name, quoted: false);
        buffer.Append("="u8);
        _state = State.Symbols;
        return Text(value, quoted: false);
    }

    /// <summary>Adds a string.</summary>
    /// <inheritdoc cref="Column(ReadOnlySpan{char}, double)"/>
    public IlpLine Column(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        Name(name);
        buffer.Append("=\""u8);
        Text(value, quoted: true);
        buffer.Append("\""u8);
        return this;
    }

    /// <summary>Adds a double.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">No column can have that name, or the value cannot be written.</exception>
    /// <exception cref="InvalidOperationException">There is no row.</exception>
    public IlpLine Column(ReadOnlySpan<char> name, double value)
    {
        Name(name);
        buffer.Advance(IlpValue.Write(value, version, buffer.Reserve(IlpValue.MaxBytes)));
        return this;
    }

    /// <summary>Adds a whole number, as text in every version: servers of version 2 need not know its binary form.</summary>
    /// <inheritdoc cref="Column(ReadOnlySpan{char}, double)"/>
    public IlpLine Column(ReadOnlySpan<char> name, long value)
    {
        Name(name);
        buffer.Advance(IlpValue.Write(value, buffer.Reserve(IlpValue.MaxBytes)));
        return this;
    }

    /// <summary>Adds a truth value.</summary>
    /// <inheritdoc cref="Column(ReadOnlySpan{char}, double)"/>
    public IlpLine Column(ReadOnlySpan<char> name, bool value)
    {
        Name(name);
        buffer.Append(value ? "=t"u8 : "=f"u8);
        return this;
    }

    /// <summary>Adds a decimal: binary in version 3, text with a d before it, which servers before version 3 do not take.</summary>
    /// <inheritdoc cref="Column(ReadOnlySpan{char}, double)"/>
    public IlpLine Column(ReadOnlySpan<char> name, decimal value)
    {
        Name(name);
        if (version == IlpVersion.V3)
        {
            buffer.Advance(IlpDecimal.Write(value, buffer.Reserve(IlpDecimal.MaxBytes)));
            return this;
        }

        buffer.Append("="u8);
        value.TryFormat(buffer.Reserve(IlpValue.MaxBytes), out int written, default, CultureInfo.InvariantCulture);
        buffer.Advance(written);
        buffer.Append("d"u8);
        return this;
    }

    /// <summary>Ends the row.</summary>
    /// <param name="ns">Its time, nanoseconds since 1970.</param>
    /// <exception cref="InvalidOperationException">The row has neither symbols nor columns.</exception>
    public void At(long ns)
    {
        CheckEnd();
        buffer.Append(" "u8);
        buffer.Advance(Core.Text.NumberText.Write(ns, buffer.Reserve(IlpTimestamp.MaxBytes)));
        AtNow();
    }

    /// <summary>Ends the row without a time: the server takes its own. A row that is sent twice is then there twice.</summary>
    /// <exception cref="InvalidOperationException">The row has neither symbols nor columns.</exception>
    public void AtNow()
    {
        CheckEnd();
        buffer.Append("\n"u8);
        _state = State.Outside;
    }

    private void CheckEnd()
    {
        if (_state is State.Outside or State.Table) throw Cancel(new InvalidOperationException("A row has at least one symbol or column."));
    }

    private void Name(ReadOnlySpan<char> name)
    {
        if (_state == State.Outside) throw new InvalidOperationException("There is no row: call Table first.");
        if (!IlpName.IsColumn(name)) throw Cancel(IlpName.NotAColumn(name));
        buffer.Append(_state == State.Columns ? ","u8 : " "u8);
        _state = State.Columns;
        Text(name, quoted: false);
    }

    private IlpLine Text(ReadOnlySpan<char> text, bool quoted)
    {
        try
        {
            IlpText.Append(text, quoted, buffer);
            return this;
        }
        catch (ArgumentException wrong)
        {
            throw Cancel(wrong);
        }
    }

    private Exception Cancel(Exception wrong)
    {
        if (_state != State.Outside) buffer.Truncate(_start);
        _state = State.Outside;
        return wrong;
    }
}
