using System.Globalization;

namespace Pharos.Core.Samples;

/// <summary>
/// Names one series of one store for as long as the store holds it. Never reused for another series while the process lives;
/// after the series was dropped by retention an append answers <see cref="Contracts.AppendResult.UnknownSeries"/>.
/// </summary>
/// <param name="Value">Store-defined; 0 is no series.</param>
public readonly record struct SeriesRef(ulong Value)
{
    /// <summary>No series.</summary>
    public static SeriesRef None => default;

    /// <summary>Whether this names no series.</summary>
    public bool IsNone => Value == 0;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
