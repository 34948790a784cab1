using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Exposition;

/// <summary>One line of an exposition, made for checks and messages; the scrape itself keeps nothing a line.</summary>
public abstract record ExpositionRecord
{
    private ExpositionRecord()
    {
    }

    /// <summary>A sample.</summary>
    /// <param name="Text">The series as it is spelled.</param>
    /// <param name="Labels">Its labels, the name among them.</param>
    /// <param name="Value">Its value.</param>
    /// <param name="Timestamp">Milliseconds since the Unix epoch; null when it does not say.</param>
    /// <param name="Type">The type that the last TYPE line said.</param>
    /// <param name="Unit">The unit that the last UNIT line said.</param>
    /// <param name="StartTimestamp">Since when it counts, in milliseconds; 0 when not known.</param>
    /// <param name="Exemplar">Its exemplar; null when it has none.</param>
    public sealed record Sample(
        string Text,
        Labels Labels,
        double Value,
        long? Timestamp,
        MetricType Type,
        string Unit,
        long StartTimestamp,
        ExposedExemplar? Exemplar) : ExpositionRecord;

    /// <summary>A native histogram.</summary>
    /// <param name="Text">The series as it would be spelled.</param>
    /// <param name="Labels">Its labels, the name among them.</param>
    /// <param name="Value">The histogram.</param>
    /// <param name="Timestamp">Milliseconds since the Unix epoch; null when it does not say.</param>
    /// <param name="StartTimestamp">Since when it counts, in milliseconds; 0 when not known.</param>
    /// <param name="Exemplars">Its exemplars, in the order in which they stood.</param>
    public sealed record Histogram(
        string Text,
        Labels Labels,
        FloatHistogram Value,
        long? Timestamp,
        long StartTimestamp,
        IReadOnlyList<ExposedExemplar> Exemplars) : ExpositionRecord;

    /// <summary>A TYPE line.</summary>
    public sealed record TypeLine(string Family, MetricType Type) : ExpositionRecord;

    /// <summary>A HELP line, unescaped.</summary>
    public sealed record HelpLine(string Family, string Help) : ExpositionRecord;

    /// <summary>A UNIT line.</summary>
    public sealed record UnitLine(string Family, string Unit) : ExpositionRecord;

    /// <summary>Another comment, with its <c>#</c>.</summary>
    public sealed record CommentLine(string Comment) : ExpositionRecord;
}
