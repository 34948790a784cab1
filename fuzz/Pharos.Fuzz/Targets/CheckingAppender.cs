using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Testing;

namespace Pharos.Fuzz.Targets;

/// <summary>A store that keeps nothing and looks closely at what it is given.</summary>
internal sealed class CheckingAppender : ISeriesAppender, IExemplarAppender
{
    private const int MaxSamples = 3000;

    public bool KeepsExemplars => true;

    /// <summary>How many samples were given.</summary>
    public int Samples { get; private set; }

    public bool TryFind(ReadOnlySpan<byte> labelBytes, out SeriesRef series)
    {
        series = default;
        return false;
    }

    public SeriesRef GetOrAdd(Labels labels, ReadOnlySpan<byte> wireBytes = default)
    {
        string before = "";
        foreach (Label label in labels)
        {
            if (label.Value.Length == 0 || !LabelName.IsUtf8(label.Name) || (before.Length > 0 && Utf8Ordinal.Compare(before, label.Name) >= 0))
            {
                throw new FuzzFailureException($"no series can have these labels: {labels}");
            }

            before = label.Name;
        }

        if (labels.MetricName.Length == 0 || !wireBytes.SequenceEqual(InMemoryAppender.Encode(labels)))
        {
            throw new FuzzFailureException($"the bytes are not those of {labels}");
        }

        return new SeriesRef(1);
    }

    public AppendSummary Append(SampleBatch batch)
    {
        Samples += batch.Count;
        if (Samples > MaxSamples)
        {
            throw new FuzzFailureException($"{Samples} samples, which is more than is allowed");
        }

        for (int i = 0; i < batch.Count; i++)
        {
            batch.Results[i] = AppendResult.Appended;
            if (batch.HasHistograms && !batch.Histograms[i].IsNone && batch.Histograms[i].Validate() is { } error && !Staleness.IsMarker(batch.Histograms[i].Sum))
            {
                throw new FuzzFailureException(error);
            }
        }

        return new AppendSummary(batch.Count, 0, 0, 0, 0);
    }

    public ExemplarSummary AppendExemplars(ReadOnlySpan<SeriesExemplar> exemplars)
    {
        foreach (SeriesExemplar exemplar in exemplars)
        {
            if (exemplar.Series.IsNone)
            {
                throw new FuzzFailureException("an exemplar of no series");
            }
        }

        return new ExemplarSummary(exemplars.Length, 0, 0, 0);
    }
}
