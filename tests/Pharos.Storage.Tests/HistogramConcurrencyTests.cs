using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Storage.Tests;

/// <summary>Readers beside a writer of histograms, whose chunks are cut and encoded anew all the time.</summary>
public class HistogramConcurrencyTests
{
    private const long Start = 1_700_000_000_000;
    private const int Series = 6;
    private const int Batches = 4000;

    [Fact]
    public void Readers_see_whole_batches_and_every_histogram_as_it_was_appended()
    {
        using var test = new TestTsdb(configure: static options => options with { WalSegmentBytes = 1024 * 1024 });
        SeriesRef[] series = [.. Enumerable.Range(0, Series).Select(i => test.Db.GetOrAdd(TestTsdb.Name("m", "i", $"{i}")))];
        using var done = new CancellationTokenSource();
        var failures = new List<Exception>();
        Thread[] readers = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() => Read(test, failures, done.Token)))];
        foreach (Thread reader in readers)
        {
            reader.Start();
        }

        var batch = new SampleBatch();
        for (int k = 0; k < Batches; k++)
        {
            batch.Clear();
            foreach (SeriesRef reference in series)
            {
                batch.Add(reference, Start + k, At(k));
            }

            Assert.Equal(Series, test.Db.Append(batch).Appended);
        }

        done.Cancel();
        foreach (Thread reader in readers)
        {
            reader.Join();
        }

        Assert.Empty(failures);
    }

    // Every so often a new bucket, a reset, another schema, the other kind; the count tells the time.
    private static NativeHistogram At(int k)
    {
        int buckets = 1 + (k % 300 / 10);
        long[] counts = new long[buckets];
        counts[0] = k % 300;
        counts[^1] += 1;
        var histogram = new IntegerHistogram
        {
            Schema = k / 700 % 3,
            Count = (ulong)counts.Sum(),
            Sum = k,
            PositiveSpans = [new BucketSpan(-(buckets / 2), buckets)],
            PositiveDeltas = [.. counts.Select((count, i) => count - (i == 0 ? 0 : counts[i - 1]))],
        };
        return k / 500 % 2 == 0 ? new NativeHistogram(histogram) : new NativeHistogram(histogram.ToFloat());
    }

    private static void Read(TestTsdb test, List<Exception> failures, CancellationToken done)
    {
        var buffer = new SampleBuffer();
        try
        {
            while (!done.IsCancellationRequested)
            {
                using ISeriesQuerier querier = test.Db.OpenQuerier();
                ISeriesSet set = querier.Select(new SeriesSelection([], long.MinValue, long.MaxValue), CancellationToken.None);
                int count = -1;
                for (int i = 0; i < set.Count; i++)
                {
                    set.Read(i, long.MinValue, long.MaxValue, buffer);
                    count = count < 0 ? buffer.Count : count;
                    Assert.Equal(count, buffer.Count);
                    for (int k = 0; k < count; k++)
                    {
                        Assert.Equal(Start + k, buffer.Timestamps[k]);
                        FloatHistogram expected = At(k).ToFloat();
                        Assert.True(buffer.Histograms[k]!.Compact().ContentEquals(expected.Compact()));
                    }
                }
            }
        }
        catch (Exception e)
        {
            lock (failures)
            {
                failures.Add(e);
            }
        }
    }
}
