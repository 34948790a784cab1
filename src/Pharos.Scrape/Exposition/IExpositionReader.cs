using Pharos.Core.Samples;

namespace Pharos.Scrape.Exposition;

/// <summary>
/// Walks one exposition from entry to entry. The spans it hands out lie in the body and hold as long as that does.
/// Benchmark: <c>ScrapeParseBenchmarks</c>.
/// </summary>
internal interface IExpositionReader
{
    /// <summary>The series as it is spelled, from its name to the closing brace. After <see cref="ExpositionEntry.Series"/>.</summary>
    ReadOnlySpan<byte> Series { get; }

    /// <summary>Where <see cref="Series"/> begins in the body.</summary>
    int SeriesStart { get; }

    /// <summary>The value; any NaN is upstream's normal one.</summary>
    double Value { get; }

    /// <summary>Whether the sample says its time.</summary>
    bool HasTimestamp { get; }

    /// <summary>Milliseconds since the Unix epoch, where <see cref="HasTimestamp"/>.</summary>
    long Timestamp { get; }

    /// <summary>
    /// The type that the last TYPE line said, whichever family it named, as upstream has it. Set when <see cref="TryReadKnown"/> jumped over one.
    /// </summary>
    MetricType Type { get; set; }

    /// <summary>
    /// What the last UNIT line said, whichever family it named, as upstream has it; empty without one. Set when <see cref="TryReadKnown"/> jumped over one.
    /// </summary>
    ReadOnlySpan<byte> Unit { get; set; }

    /// <summary>The braces and labels of the sample's exemplar; empty when it has none.</summary>
    ReadOnlySpan<byte> ExemplarLabels { get; }

    /// <summary>Where <see cref="ExemplarLabels"/> are not empty.</summary>
    double ExemplarValue { get; }

    /// <summary>Whether the exemplar says its time.</summary>
    bool ExemplarHasTimestamp { get; }

    /// <summary>Milliseconds since the Unix epoch, where <see cref="ExemplarHasTimestamp"/>.</summary>
    long ExemplarTimestamp { get; }

    /// <summary>The family a HELP, TYPE or UNIT line speaks of, without quotes and not unescaped.</summary>
    ReadOnlySpan<byte> Family { get; }

    /// <summary>Text of a HELP (not unescaped), UNIT or comment line.</summary>
    ReadOnlySpan<byte> Comment { get; }

    /// <summary>Where the next entry begins.</summary>
    int Position { get; }

    /// <summary>Reads the next entry.</summary>
    /// <exception cref="ExpositionException">The body breaks the rules of its format here.</exception>
    ExpositionEntry Next();

    /// <summary>
    /// Reads the next sample when the body goes on with exactly these bytes: the lines between the last sample and this one (often none) and the
    /// series, as <see cref="Series"/> said it before. Otherwise, or when the sample has anything but a plain value, moves nothing and answers false.
    /// </summary>
    bool TryReadKnown(ReadOnlySpan<byte> linesBefore, ReadOnlySpan<byte> series);
}
