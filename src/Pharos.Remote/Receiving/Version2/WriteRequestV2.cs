using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Remote.Receiving.Version2;

/// <summary>
/// One <c>io.prometheus.write.v2.Request</c> on its way into the store, as version 1: first everything is read, then new series are made, then all is appended at once. A known
/// series costs writing its label bytes from symbols and one lookup.
/// </summary>
internal ref struct WriteRequestV2 : IWriteMessage
{
    private const int SymbolsField = 4;
    private const int SeriesField = 5;

    private readonly ReadOnlySpan<byte> _message;
    private readonly WriteScratchV2 _scratch;
    private readonly WriteTargets _targets;
    private readonly RemoteWriteLimits _limits;
    private readonly long _maxTime;
    private WriteTally _tally;

    public WriteRequestV2(ReadOnlySpan<byte> message, WriteScratchV2 scratch, WriteTargets targets, RemoteWriteLimits limits, long maxTime)
    {
        _message = message;
        _scratch = scratch;
        _targets = targets;
        _limits = limits;
        _maxTime = maxTime;
    }

    public readonly WriteTally Tally => _tally;

    /// <summary>Stores what can be stored, and says how much that was.</summary>
    /// <exception cref="StorageUnavailableException">The store takes nothing now.</exception>
    public RemoteWriteResponse Run()
    {
        if (!TryIndex(out string? malformed) || !TryReadAll(out malformed))
        {
            return new RemoteWriteResponse(HttpStatusCode.BadRequest, $"malformed write request: {malformed}");
        }

        if (IsTooLarge || !TryResolvePending())
        {
            return new RemoteWriteResponse(HttpStatusCode.RequestEntityTooLarge, $"the request has more than {_limits.MaxSamples} samples or exemplars");
        }

        BatchAppending.Run(this, _targets.Appender, _scratch.Batch, _scratch.Slots, _scratch.Errors, ref _tally);
        int exemplars = AppendExemplars();
        AppendMetadata();
        return _scratch.Errors.ToResponse() with { Written = new WrittenCounts(_tally.Appended, _tally.HistogramsAppended, exemplars) };
    }

    /// <inheritdoc/>
    /// <remarks>Leaves the label bytes of the series in the scratch.</remarks>
    public readonly Labels LabelsOf(SeriesSlot slot)
    {
        SeriesMessageV2.TryWalk(BytesOf(slot), _scratch.References, out SeriesMessageV2 series, out _);
        WriteLabelBytes(series);
        return ReadLabels(out _);
    }

    public readonly SeriesRef Remake(SeriesSlot slot) => TryMakeSeries(LabelsOf(slot), out SeriesRef reference) ? reference : SeriesRef.None;

    private readonly bool IsTooLarge => _scratch.Batch.Count > _limits.MaxSamples || _scratch.Exemplars.Count > _limits.MaxSamples;

    // Symbols may stand behind the series that name them.
    private readonly bool TryIndex(out string? malformed)
    {
        var reader = new ProtoReader(_message);
        while (reader.TryReadKey(out int field, out int wireType))
        {
            if (field is not (SymbolsField or SeriesField))
            {
                reader.TrySkip(wireType);
            }
            else if (wireType != ProtoReader.Bytes)
            {
                reader.Fail($"wire type {wireType} for field {field} of a request");
            }
            else if (reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
            {
                int offset = reader.Position - bytes.Length;
                if (field == SymbolsField)
                {
                    _scratch.Symbols.Add(offset, bytes.Length);
                }
                else
                {
                    _scratch.Series.Add((offset, bytes.Length));
                }
            }
        }

        malformed = reader.Error;
        return malformed is null;
    }

    private bool TryReadAll(out string? malformed)
    {
        malformed = null;
        foreach ((int offset, int length) in _scratch.Series)
        {
            if (!TryReadSeries(new SeriesSlot(offset, length, _scratch.Batch.Count), out malformed))
            {
                malformed = $"series at byte {offset}: {malformed}";
                return false;
            }

            if (IsTooLarge)
            {
                break;
            }
        }

        return true;
    }

    private bool TryReadSeries(SeriesSlot slot, out string? malformed)
    {
        if (!SeriesMessageV2.TryWalk(BytesOf(slot), _scratch.References, out SeriesMessageV2 series, out malformed)
            || !series.TryReadSamples(SeriesRef.None, null, _maxTime, out _, out malformed)
            || (series.Histograms > 0 && !series.TryReadHistograms(SeriesRef.None, null, _scratch.Histogram, _maxTime, _scratch.RefusedHistograms, out malformed))
            || (series.Exemplars > 0 && !TryCheckExemplars(slot, out malformed)))
        {
            return false;
        }

        _tally.Walked++;
        _tally.Exemplars += series.Exemplars;
        if (FindError(series) is { } error)
        {
            _scratch.Errors.Add(error);
            return true;
        }

        WriteLabelBytes(series);
        if (_targets.Appender.TryFind(_scratch.LabelBytes.Written, out SeriesRef known))
        {
            TakeSeries(slot, series, known);
            return true;
        }

        Labels labels = ReadLabels(out error);
        if (error is not null)
        {
            _tally.InvalidLabels += series.Samples + series.Histograms;
            _scratch.Errors.Add(error);
        }
        else if (series.Samples + series.Histograms + series.Exemplars == 0)
        {
            _scratch.Errors.Add($"TimeSeries must contain at least one sample or histogram for series {labels}");
        }
        else
        {
            _scratch.Pending.Add(new PendingSeries(slot, labels));
        }

        return true;
    }

    private readonly ReadOnlySpan<byte> BytesOf(SeriesSlot slot) => _message.Slice(slot.Offset, slot.Length);

    // What keeps a series from being looked at, in upstream's words.
    private string? FindError(in SeriesMessageV2 series)
    {
        if (LabelReferences.FindError(_scratch.References, _scratch.Symbols) is { } error)
        {
            _tally.InvalidLabels += series.Samples + series.Histograms;
            return $"parsing labels for series [{string.Join(' ', _scratch.References.Take(_limits.MaxLabels))}]: {error}";
        }

        SymbolIndex symbols = _scratch.Symbols;
        error = !symbols.Has(series.Unit) ? $"unit_ref {series.Unit}"
            : !symbols.Has(series.Help) ? $"help_ref {series.Help}" : null;
        return error is null
            ? null
            : $"parsing metadata for series [{string.Join(' ', _scratch.References.Take(_limits.MaxLabels))}]: metadata {error} outside of symbols table (size {symbols.Count})";
    }

    private readonly void WriteLabelBytes(in SeriesMessageV2 series)
    {
        bool asLabels = _targets.TypeAndUnitLabels;
        ReadOnlySpan<byte> unit = asLabels && _scratch.Symbols.Has(series.Unit) ? _scratch.Symbols.Get(_message, series.Unit) : [];
        LabelReferences.WriteBytes(_message, _scratch.References, _scratch.Symbols, asLabels ? LabelReferences.TextOf(series.Type) : [], unit, _scratch.LabelBytes);
    }

    private readonly Labels ReadLabels(out string? error)
    {
        Labels labels = LabelSection.Read(_scratch.LabelBytes.Written, _limits, out error, out _);
        return labels;
    }

    private readonly bool TryCheckExemplars(SeriesSlot slot, out string? malformed)
    {
        var reader = new ProtoReader(BytesOf(slot));
        while (SeriesMessageV2.TryFindExemplar(ref reader, out ReadOnlySpan<byte> bytes))
        {
            if (!SeriesMessageV2.TryReadExemplar(bytes, _scratch.ExemplarReferences, out _, out _, out malformed))
            {
                return false;
            }
        }

        malformed = reader.Error;
        return malformed is null;
    }

    // The message of the series was checked.
    private void TakeSeries(SeriesSlot slot, in SeriesMessageV2 series, SeriesRef reference)
    {
        _scratch.Slots.Add(slot with { FirstSample = _scratch.Batch.Count });
        series.TryReadSamples(reference, _scratch.Batch, _maxTime, out int tooFarAhead, out _);
        _tally.Refused += tooFarAhead;
        BatchAppending.Refuse(this, "out of bounds", slot, tooFarAhead, _scratch.Errors);
        if (series.Histograms > 0)
        {
            _scratch.RefusedHistograms.Clear();
            series.TryReadHistograms(reference, _scratch.Batch, _scratch.Histogram, _maxTime, _scratch.RefusedHistograms, out _);
            _tally.HistogramsRefused += _scratch.RefusedHistograms.Count;
            foreach (string reason in _scratch.RefusedHistograms)
            {
                BatchAppending.Refuse(this, reason, slot, count: 1, _scratch.Errors);
            }
        }

        if (series.Exemplars > 0)
        {
            TakeExemplars(slot, reference);
        }

        if (_targets.Metadata is { KeepsMetadata: true })
        {
            var metadata = new SeriesMetadata(reference, series.Type, TextOf(series.Unit), TextOf(series.Help));
            if (metadata.Type != MetricType.Unknown || metadata.Unit.Length + metadata.Help.Length > 0)
            {
                _scratch.Metadata.Add(metadata);
            }
        }
    }

    private readonly string TextOf(uint symbol)
    {
        if (!_scratch.Symbols.Has(symbol))
        {
            return "";
        }

        if (!_scratch.Texts.TryGetValue(symbol, out string? text))
        {
            text = Encoding.UTF8.GetString(_scratch.Symbols.Get(_message, symbol));
            _scratch.Texts.Add(symbol, text);
        }

        return text;
    }

    private readonly void TakeExemplars(SeriesSlot slot, SeriesRef reference)
    {
        var reader = new ProtoReader(BytesOf(slot));
        while (SeriesMessageV2.TryFindExemplar(ref reader, out ReadOnlySpan<byte> bytes))
        {
            SeriesMessageV2.TryReadExemplar(bytes, _scratch.ExemplarReferences, out double value, out long timestamp, out _);
            if (LabelReferences.FindError(_scratch.ExemplarReferences, _scratch.Symbols) is { } error)
            {
                BatchAppending.Refuse(this, $"parsing exemplar: {error},", slot, count: 1, _scratch.Errors);
            }
            else if (timestamp <= _maxTime && LabelReferences.AreTexts(_message, _scratch.ExemplarReferences, _scratch.Symbols))
            {
                Labels labels = LabelReferences.Read(_message, _scratch.ExemplarReferences, _scratch.Symbols, _scratch.Builder);
                _scratch.Exemplars.Add(new SeriesExemplar(reference, new Exemplar(labels, value, timestamp, timestamp != 0)));
            }
        }
    }

    // Makes the new series and reads what they have. False when that is too much.
    private bool TryResolvePending()
    {
        foreach (PendingSeries pending in _scratch.Pending)
        {
            SeriesMessageV2.TryWalk(BytesOf(pending.Slot), _scratch.References, out SeriesMessageV2 series, out _);
            WriteLabelBytes(series);
            if (TryMakeSeries(pending.Labels, out SeriesRef reference))
            {
                TakeSeries(pending.Slot, series, reference);
                if (IsTooLarge)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private readonly bool TryMakeSeries(Labels labels, out SeriesRef reference) =>
        BatchAppending.TryMake(_targets.Appender, labels, _scratch.LabelBytes.Written, _scratch.Errors, out reference);

    // As upstream, what is not kept because none are kept, or is there already, counts as written.
    private int AppendExemplars()
    {
        if (_targets.Exemplars is not { KeepsExemplars: true } store || _scratch.Exemplars.Count == 0)
        {
            return _scratch.Exemplars.Count;
        }

        ExemplarSummary summary = store.AppendExemplars(CollectionsMarshal.AsSpan(_scratch.Exemplars)); // the list does not change meanwhile
        _tally.ExemplarsStored += summary.Appended;
        if (summary.OutOfOrder > 0)
        {
            _scratch.Errors.Add($"out of order exemplar: {summary.OutOfOrder} of this request");
        }

        return _scratch.Exemplars.Count - summary.OutOfOrder - summary.Invalid - summary.UnknownSeries;
    }

    private void AppendMetadata()
    {
        if (_scratch.Metadata.Count > 0)
        {
            _tally.WithoutMetadata += _targets.Metadata!.AppendMetadata(CollectionsMarshal.AsSpan(_scratch.Metadata)); // the list does not change meanwhile
        }
    }
}
