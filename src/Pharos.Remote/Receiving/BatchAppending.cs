using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Remote.Receiving;

/// <summary>Appends what was read of a message, whatever its version, and tells what was refused.</summary>
internal static class BatchAppending
{
    private const int MaxAttempts = 3;

    /// <summary>Appends the batch; series that the store dropped meanwhile are made anew.</summary>
    /// <exception cref="StorageUnavailableException">The store takes nothing now, or drops series again and again.</exception>
    public static void Run<TMessage>(
        scoped in TMessage message, ISeriesAppender appender, SampleBatch batch, List<SeriesSlot> slots, WriteErrors errors, ref WriteTally tally)
        where TMessage : struct, IWriteMessage, allows ref struct
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (batch.Count == 0)
            {
                return;
            }

            AppendSummary summary = appender.Append(batch);
            int histograms = batch.HasHistograms ? CountHistograms(batch) : 0;
            tally.Appended += summary.Appended - histograms;
            tally.HistogramsAppended += histograms;
            if (summary.Refused == 0)
            {
                return;
            }

            var again = new SampleBatch();
            var againSlots = new List<SeriesSlot>();
            TellRefused(message, batch, slots, again, againSlots, errors, ref tally);
            (batch, slots) = (again, againSlots);
        }

        if (batch.Count > 0)
        {
            throw new StorageUnavailableException("series are being dropped while they are written, try again");
        }
    }

    /// <summary>Finds or makes a series; false, and told among the errors, where there is no room for it.</summary>
    public static bool TryMake(ISeriesAppender appender, Labels labels, ReadOnlySpan<byte> wireBytes, WriteErrors errors, out SeriesRef reference)
    {
        try
        {
            reference = appender.GetOrAdd(labels, wireBytes);
            return true;
        }
        catch (SeriesLimitException e)
        {
            reference = default;
            errors.SeriesLimitReached = true;
            errors.Add($"{e.Message}, for series {labels}");
            return false;
        }
    }

    /// <summary>Says as often why something of a series is not taken.</summary>
    public static void Refuse<TMessage>(scoped in TMessage message, string reason, SeriesSlot slot, int count, WriteErrors errors)
        where TMessage : struct, IWriteMessage, allows ref struct
    {
        for (int i = 0; i < count; i++)
        {
            if (errors.WantsMore)
            {
                errors.Add($"{reason} for series {message.LabelsOf(slot)}");
            }
            else
            {
                errors.AddUntold();
            }
        }
    }

    private static void TellRefused<TMessage>(
        scoped in TMessage message, SampleBatch batch, List<SeriesSlot> slots, SampleBatch again, List<SeriesSlot> againSlots, WriteErrors errors, ref WriteTally tally)
        where TMessage : struct, IWriteMessage, allows ref struct
    {
        int at = 0;
        int remade = -1;
        SeriesRef reference = default;
        for (int i = 0; i < batch.Count; i++)
        {
            while (at + 1 < slots.Count && slots[at + 1].FirstSample <= i)
            {
                at++;
            }

            AppendResult result = batch.Results[i];
            bool isHistogram = batch.HasHistograms && !batch.Histograms[i].IsNone;
            if (result == AppendResult.UnknownSeries)
            {
                if (remade != at)
                {
                    remade = at;
                    reference = message.Remake(slots[at]);
                    againSlots.Add(slots[at] with { FirstSample = again.Count });
                }

                if (!reference.IsNone && isHistogram)
                {
                    again.Add(reference, batch.Timestamps[i], batch.Histograms[i]);
                }
                else if (!reference.IsNone)
                {
                    again.Add(reference, batch.Timestamps[i], batch.Values[i]);
                }
            }
            else if (result != AppendResult.Appended)
            {
                tally.HistogramsRefused += isHistogram ? 1 : 0;
                tally.Refused += isHistogram ? 0 : 1;
                Refuse(message, WriteErrors.TextOf(result), slots[at], count: 1, errors);
            }
        }
    }

    private static int CountHistograms(SampleBatch batch)
    {
        int count = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            count += !batch.Histograms[i].IsNone && batch.Results[i] == AppendResult.Appended ? 1 : 0;
        }

        return count;
    }
}
