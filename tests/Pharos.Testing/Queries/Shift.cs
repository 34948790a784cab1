using System.Globalization;

namespace Pharos.Testing.Queries;

/// <summary><c>offset</c> and <c>@</c>, in milliseconds; the word is <c>start()</c>, <c>end()</c> or null.</summary>
public sealed record Shift(long Offset = 0, long? At = null, string? Word = null)
{
    /// <summary>The offset is written before the <c>@</c>.</summary>
    public bool OffsetFirst { get; init; }

    public static Shift None { get; } = new();

    /// <summary>The time that is looked at from a step of a query.</summary>
    public long Apply(long time, long queryStart, long queryEnd) => (Word switch
    {
        "start()" => queryStart,
        "end()" => queryEnd,
        _ => At ?? time,
    }) - Offset;

    public IEnumerable<Shift> Plainer()
    {
        if (Offset != 0)
        {
            yield return this with { Offset = 0 };
        }

        if (At is not null || Word is not null)
        {
            yield return this with { At = null, Word = null };
        }
    }

    public override string ToString()
    {
        string at = Word is not null ? $" @ {Word}" : At is long time ? string.Create(CultureInfo.InvariantCulture, $" @ {time / 1000.0:F3}") : "";
        string offset = Offset switch
        {
            > 0 => $" offset {Writing.Duration(Offset)}",
            < 0 => $" offset -{Writing.Duration(-Offset)}",
            _ => "",
        };
        return OffsetFirst ? offset + at : at + offset;
    }
}
