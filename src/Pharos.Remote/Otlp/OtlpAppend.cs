using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Otlp.Messages;
using Pharos.Remote.Otlp.Translation;
using Pharos.Remote.Receiving;

namespace Pharos.Remote.Otlp;

/// <summary>
/// Brings what was translated into the store: series are found or made, then all samples are appended at once, then the exemplars. Samples that the store refuses for their
/// time are noted, and the others stored all the same. One request's; not thread-safe.
/// </summary>
internal sealed class OtlpAppend
{
    private const int MaxAttempts = 3;

    private readonly ISeriesAppender _appender;
    private readonly IExemplarAppender? _exemplars;
    private readonly IMetadataAppender? _metadata;
    private readonly OtlpScratch _scratch;
    private readonly long _maxTime;
    private readonly List<SeriesExemplar> _seriesExemplars = [];
    private readonly List<SeriesMetadata> _seriesMetadata = [];

    /// <param name="appender">The store.</param>
    /// <param name="exemplars">Null where none are kept.</param>
    /// <param name="metadata">Null where none is kept.</param>
    /// <param name="scratch">Holds the samples.</param>
    /// <param name="maxTime">Milliseconds: what is later is refused.</param>
    public OtlpAppend(ISeriesAppender appender, IExemplarAppender? exemplars, IMetadataAppender? metadata, OtlpScratch scratch, long maxTime)
    {
        _appender = appender;
        _metadata = metadata is { KeepsMetadata: true } ? metadata : null;
        _exemplars = exemplars is { KeepsExemplars: true } ? exemplars : null;
        _scratch = scratch;
        _maxTime = maxTime;
    }

    /// <summary>What became of the request's samples and exemplars.</summary>
    public OtlpTally Tally { get; } = new();

    /// <summary>Stores what can be stored.</summary>
    /// <exception cref="StorageUnavailableException">The store takes nothing now.</exception>
    public void Run()
    {
        SampleBatch batch = _scratch.Batch;
        var samples = new List<int>();
        for (int i = 0; i < _scratch.Output.Samples.Count; i++)
        {
            TranslatedSample sample = _scratch.Output.Samples[i];
            if (sample.Timestamp > _maxTime)
            {
                Refuse("out of bounds: timestamp is too far in the future", sample);
            }
            else if (TryResolve(sample.Labels, out SeriesRef series))
            {
                Add(batch, series, sample);
                samples.Add(i);
                AddExemplars(series, sample);
                AddMetadata(series, sample);
            }
        }

        Append(batch, samples);
        AppendExemplars();
        if (_seriesMetadata.Count > 0)
        {
            _metadata!.AppendMetadata(CollectionsMarshal.AsSpan(_seriesMetadata)); // the list does not change meanwhile
        }
    }

    private static void Add(SampleBatch batch, SeriesRef series, in TranslatedSample sample)
    {
        if (sample.Histogram.IsNone)
        {
            batch.Add(series, sample.Timestamp, sample.Value);
        }
        else
        {
            batch.Add(series, sample.Timestamp, sample.Histogram);
        }
    }

    private bool TryResolve(Slice labels, out SeriesRef series)
    {
        ReadOnlySpan<byte> bytes = _scratch.Output.LabelBytes(labels);
        if (_appender.TryFind(bytes, out series))
        {
            return true;
        }

        Labels made = Decode(labels);
        try
        {
            series = _appender.GetOrAdd(made, bytes);
            return true;
        }
        catch (SeriesLimitException e)
        {
            _scratch.Log.Refuse($"{e.Message}, for series {made}", HttpStatusCode.TooManyRequests);
            return false;
        }
    }

    private void AddExemplars(SeriesRef series, in TranslatedSample sample)
    {
        Tally.Exemplars += sample.Exemplars.Count;
        foreach (Exemplar exemplar in _exemplars is null ? [] : sample.Exemplars.Of(_scratch.Output.Exemplars))
        {
            if (exemplar.Timestamp <= _maxTime)
            {
                _seriesExemplars.Add(new SeriesExemplar(series, exemplar));
            }
        }
    }

    // A marker says nothing about its series.
    private void AddMetadata(SeriesRef series, in TranslatedSample sample)
    {
        if (_metadata is not null && !Staleness.IsMarker(sample.Histogram.IsNone ? sample.Value : sample.Histogram.Sum))
        {
            MetricFamily family = _scratch.Output.Families[sample.Family];
            _seriesMetadata.Add(new SeriesMetadata(series, family.Type, family.Unit, family.Help));
        }
    }

    // Appends the batch; series that the store dropped meanwhile are made anew.
    private void Append(SampleBatch batch, List<int> samples)
    {
        for (int attempt = 0; attempt < MaxAttempts && batch.Count > 0; attempt++)
        {
            AppendSummary summary = _appender.Append(batch);
            Tally.Appended += summary.Appended;
            if (summary.Refused == 0)
            {
                return;
            }

            (batch, samples) = TellRefused(batch, samples);
        }

        if (batch.Count > 0)
        {
            throw new StorageUnavailableException("series are being dropped while they are written, try again");
        }
    }

    private (SampleBatch Again, List<int> Samples) TellRefused(SampleBatch batch, List<int> samples)
    {
        var again = new SampleBatch();
        var againSamples = new List<int>();
        Dictionary<SeriesRef, int>? firsts = null;
        for (int i = 0; i < batch.Count; i++)
        {
            AppendResult result = batch.Results[i];
            TranslatedSample sample = _scratch.Output.Samples[samples[i]];
            if (result == AppendResult.UnknownSeries)
            {
                if (TryResolve(sample.Labels, out SeriesRef series))
                {
                    Add(again, series, sample);
                    againSamples.Add(samples[i]);
                }
            }
            else if (result != AppendResult.Appended)
            {
                firsts ??= FirstAppended(batch);
                Refuse(TextOf(result), sample, isTold: !firsts.TryGetValue(batch.Series[i], out int first) || first > i);
            }
        }

        return (again, againSamples);
    }

    // Several metrics of a request may become one series. What an earlier sample of the same request is in the way of is left out without a word, as upstream leaves it out.
    private static Dictionary<SeriesRef, int> FirstAppended(SampleBatch batch)
    {
        var firsts = new Dictionary<SeriesRef, int>();
        for (int i = 0; i < batch.Count; i++)
        {
            if (batch.Results[i] == AppendResult.Appended)
            {
                firsts.TryAdd(batch.Series[i], i);
            }
        }

        return firsts;
    }

    private void AppendExemplars()
    {
        if (_seriesExemplars.Count > 0)
        {
            ExemplarSummary summary = _exemplars!.AppendExemplars(CollectionsMarshal.AsSpan(_seriesExemplars)); // the list does not change meanwhile
            Tally.ExemplarsAppended += summary.Appended;
            Tally.ExemplarsOutOfOrder += summary.OutOfOrder;
        }
    }

    private void Refuse(string reason, in TranslatedSample sample, bool isTold = true)
    {
        Tally.Refused++;
        if (isTold)
        {
            _scratch.Log.Refuse($"{reason} for series {Decode(sample.Labels)}", HttpStatusCode.BadRequest);
        }
    }

    // The bytes were made of labels, so nothing can be wrong with them.
    private Labels Decode(Slice labels)
    {
        var builder = new LabelsBuilder();
        var reader = new ProtoReader(_scratch.Output.LabelBytes(labels));
        while (reader.TryReadKey(out _, out _) && reader.TryReadBytes(out ReadOnlySpan<byte> label))
        {
            LabelSection.TryReadLabel(label, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out _);
            builder.Set(Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(value));
        }

        return builder.ToLabels();
    }

    private static string TextOf(AppendResult result) => result switch
    {
        AppendResult.OutOfOrder => "out of order sample",
        AppendResult.DuplicateTimestamp => "duplicate sample for timestamp",
        _ => "out of bounds",
    };
}
