using System.Runtime.InteropServices;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Scrape.Exposition;

namespace Pharos.Scrape.Caching;

/// <summary>The exemplars of one scrape, until the samples they came with are stored. Of one loop, not thread-safe.</summary>
internal sealed class ScrapedExemplars(IExemplarAppender appender)
{
    private readonly List<(int Sample, Exemplar Exemplar)> _read = [];
    private readonly List<SeriesExemplar> _stored = [];
    private readonly LabelsBuilder _builder = new();
    private readonly StringInterner _names = new();

    public void Clear() => _read.Clear();

    /// <summary>Takes the exemplar of the sample that the reader stands on, where exemplars are kept.</summary>
    /// <param name="sample">The index of the sample in its batch; negative where it is not there yet, see <see cref="Assign"/>.</param>
    /// <param name="reader">Its sample has an exemplar.</param>
    /// <param name="time">The time of the sample, which an exemplar without one takes over.</param>
    public void Add<TReader>(int sample, ref TReader reader, long time)
        where TReader : IExpositionReader, allows ref struct
    {
        if (appender.KeepsExemplars && ExemplarText.Decode(reader.ExemplarLabels, _builder, _names) is { } labels)
        {
            bool hasTime = reader.ExemplarHasTimestamp;
            _read.Add((sample, new Exemplar(labels, reader.ExemplarValue, hasTime ? reader.ExemplarTimestamp : time, hasTime)));
        }
    }

    /// <summary>Says which sample exemplars came with that were taken before it was there, under another number.</summary>
    public void Assign(int placeholder, int sample)
    {
        for (int i = 0; i < _read.Count; i++)
        {
            if (_read[i].Sample == placeholder)
            {
                _read[i] = (sample, _read[i].Exemplar);
            }
        }
    }

    /// <summary>Stores those whose samples were stored; the batch was appended, and unknown series in it made anew.</summary>
    public ExemplarSummary Store(SampleBatch batch)
    {
        if (_read.Count == 0)
        {
            return default;
        }

        _stored.Clear();
        foreach ((int sample, Exemplar exemplar) in _read)
        {
            if (sample >= 0 && batch.Results[sample] is AppendResult.Appended or AppendResult.UnknownSeries)
            {
                _stored.Add(new SeriesExemplar(batch.Series[sample], exemplar));
            }
        }

        _read.Clear();
        return appender.AppendExemplars(CollectionsMarshal.AsSpan(_stored)); // the list does not change meanwhile
    }
}
