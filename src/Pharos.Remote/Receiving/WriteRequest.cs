using System.Net;
using System.Runtime.InteropServices;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Remote.Receiving;

/// <summary>
/// One <c>WriteRequest</c> message on its way into the store: first everything is read, then new series are made, then all samples are appended at once. So a
/// message that turns out to be malformed leaves nothing behind.
/// </summary>
internal ref struct WriteRequest : IWriteMessage
{
    private const int SeriesField = 1;
    private const int MetadataField = 3;

    private readonly ReadOnlySpan<byte> _message;
    private readonly WriteScratch _scratch;
    private readonly ISeriesAppender _appender;
    private readonly IExemplarAppender? _exemplars;
    private readonly RemoteWriteLimits _limits;
    private readonly long _maxTime;
    private WriteTally _tally;

    // Until a series shows that the sender puts several samples into each.
    private bool _guess = true;

    public WriteRequest(ReadOnlySpan<byte> message, WriteScratch scratch, ISeriesAppender appender, IExemplarAppender? exemplars, RemoteWriteLimits limits, long maxTime)
    {
        _message = message;
        _scratch = scratch;
        _appender = appender;
        _exemplars = exemplars is { KeepsExemplars: true } ? exemplars : null;
        _limits = limits;
        _maxTime = maxTime;
    }

    public readonly WriteTally Tally => _tally;

    /// <summary>Stores what can be stored.</summary>
    /// <exception cref="StorageUnavailableException">The store takes nothing now.</exception>
    public RemoteWriteResponse Run()
    {
        if (!TryRead(out string? malformed))
        {
            return new RemoteWriteResponse(HttpStatusCode.BadRequest, $"malformed write request: {malformed}");
        }

        if (IsTooLarge || !TryResolvePending())
        {
            return TooManySamples();
        }

        BatchAppending.Run(this, _appender, _scratch.Batch, _scratch.Slots, _scratch.Errors, ref _tally);
        AppendExemplars();
        return _scratch.Errors.ToResponse();
    }

    public readonly Labels LabelsOf(SeriesSlot slot) => LabelSection.Read(BytesOf(slot), _limits, out _, out _);

    public readonly SeriesRef Remake(SeriesSlot slot) => TryMakeSeries(BytesOf(slot), LabelsOf(slot), out SeriesRef reference) ? reference : SeriesRef.None;

    private readonly bool IsTooLarge => _scratch.Batch.Count > _limits.MaxSamples || _scratch.Exemplars.Count > _limits.MaxSamples;

    private readonly RemoteWriteResponse TooManySamples() =>
        new(HttpStatusCode.RequestEntityTooLarge, $"the request has more than {_limits.MaxSamples} {(_scratch.Exemplars.Count > _limits.MaxSamples ? "exemplars" : "samples")}");

    private bool TryRead(out string? malformed)
    {
        var reader = new ProtoReader(_message);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field != SeriesField)
            {
                _tally.Metadata += field == MetadataField ? 1 : 0;
                reader.TrySkip(wireType);
            }
            else if (wireType != ProtoReader.Bytes)
            {
                reader.Fail($"wire type {wireType} for a series");
            }
            else if (reader.TryReadBytes(out ReadOnlySpan<byte> series))
            {
                var slot = new SeriesSlot(reader.Position - series.Length, series.Length, _scratch.Batch.Count);
                if (!TryReadSeries(series, slot, out malformed))
                {
                    malformed = $"series at byte {slot.Offset}: {malformed}";
                    return false;
                }

                if (IsTooLarge)
                {
                    break;
                }
            }
        }

        malformed = reader.Error;
        return malformed is null;
    }

    private bool TryReadSeries(ReadOnlySpan<byte> message, SeriesSlot slot, out string? malformed)
    {
        malformed = null;
        int missed = -1;
        if (_guess && SeriesMessage.TryGuess(message, out ReadOnlySpan<byte> labelBytes, out Sample sample))
        {
            if (sample.Timestamp <= _maxTime && _appender.TryFind(labelBytes, out SeriesRef guessed))
            {
                _tally.Guessed++;
                _scratch.Slots.Add(slot);
                _scratch.Batch.Add(guessed, sample.Timestamp, sample.Value);
                return true;
            }

            missed = labelBytes.Length;
        }

        return TryWalkSeries(message, slot, missed, out malformed);
    }

    // missed: how many bytes a wrong guess took for the labels, or -1.
    private bool TryWalkSeries(ReadOnlySpan<byte> message, SeriesSlot slot, int missed, out string? malformed)
    {
        if (!SeriesMessage.TryWalk(message, out SeriesMessage series, out malformed))
        {
            return false;
        }

        _tally.Walked++;
        _tally.Exemplars += series.Exemplars;
        if (series.Exemplars > 0 && !series.TryReadExemplars(SeriesRef.None, null, _limits.MaxSamples, _maxTime, out malformed))
        {
            return false;
        }

        _guess &= missed < 0 || missed == series.LabelsEnd;
        if (series.LabelsAreTogether && series.LabelsEnd > 0 && _appender.TryFind(series.LabelBytes, out SeriesRef known))
        {
            _scratch.Slots.Add(slot);
            return TryReadSamples(series, known, slot, out malformed);
        }

        return series.Samples + series.Histograms == 0 || TryReadUnknown(message, series, slot, out malformed);
    }

    private bool TryReadSamples(SeriesMessage series, SeriesRef reference, SeriesSlot slot, out string? malformed)
    {
        bool read = series.TryReadSamples(reference, _scratch.Batch, _maxTime, out int tooFarAhead, out malformed);
        if (tooFarAhead > 0)
        {
            _tally.Refused += tooFarAhead;
            BatchAppending.Refuse(this, "out of bounds", slot, tooFarAhead, _scratch.Errors);
        }

        if (read && series.Histograms > 0)
        {
            read = TryReadHistograms(series, reference, slot, out malformed);
        }

        if (series.Exemplars > 0 && _exemplars is not null)
        {
            series.TryReadExemplars(reference, _scratch.Exemplars, _limits.MaxSamples, _maxTime, out _);
        }

        return read;
    }

    private bool TryReadHistograms(SeriesMessage series, SeriesRef reference, SeriesSlot slot, out string? malformed)
    {
        List<string> refused = _scratch.RefusedHistograms;
        refused.Clear();
        bool read = series.TryReadHistograms(reference, _scratch.Batch, _scratch.Histogram, _maxTime, refused, out malformed);
        _tally.HistogramsRefused += refused.Count;
        foreach (string reason in refused)
        {
            BatchAppending.Refuse(this, reason, slot, count: 1, _scratch.Errors);
        }

        return read;
    }

    // Reads all there is of a series that has to be made, and makes it later, when the whole message is known to be well-formed.
    private bool TryReadUnknown(ReadOnlySpan<byte> message, SeriesMessage series, SeriesSlot slot, out string? malformed)
    {
        Labels labels = LabelSection.Read(message, _limits, out string? error, out malformed);
        if (malformed is not null
            || !series.TryReadSamples(SeriesRef.None, null, _maxTime, out _, out malformed)
            || (series.Histograms > 0
                && !series.TryReadHistograms(SeriesRef.None, null, _scratch.Histogram, _maxTime, _scratch.RefusedHistograms, out malformed)))
        {
            return false;
        }

        if (error is not null)
        {
            _tally.InvalidLabels += series.Samples + series.Histograms;
            _scratch.Errors.Add(error);
            return true;
        }

        _scratch.Pending.Add(new PendingSeries(slot, labels));
        return true;
    }

    // Makes the new series and reads their samples. False when these are too many.
    private bool TryResolvePending()
    {
        foreach (PendingSeries pending in _scratch.Pending)
        {
            ReadOnlySpan<byte> message = BytesOf(pending.Slot);
            if (!TryMakeSeries(message, pending.Labels, out SeriesRef reference))
            {
                continue;
            }

            _scratch.Slots.Add(pending.Slot with { FirstSample = _scratch.Batch.Count });
            SeriesMessage.TryWalk(message, out SeriesMessage series, out _);
            TryReadSamples(series, reference, pending.Slot, out _);
            if (IsTooLarge)
            {
                return false;
            }
        }

        return true;
    }

    private readonly bool TryMakeSeries(ReadOnlySpan<byte> message, Labels labels, out SeriesRef reference)
    {
        SeriesMessage.TryWalk(message, out SeriesMessage series, out _);
        return BatchAppending.TryMake(_appender, labels, series.LabelsAreTogether ? series.LabelBytes : default, _scratch.Errors, out reference);
    }

    private readonly ReadOnlySpan<byte> BytesOf(SeriesSlot slot) => _message.Slice(slot.Offset, slot.Length);

    private void AppendExemplars()
    {
        if (_scratch.Exemplars.Count > 0)
        {
            _tally.ExemplarsStored += _exemplars!.AppendExemplars(CollectionsMarshal.AsSpan(_scratch.Exemplars)).Appended; // the list does not change meanwhile
        }
    }
}
