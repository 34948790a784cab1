using System.Globalization;
using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Testing;

namespace Pharos.Storage.Tests;

/// <summary>Random lives of a store whose series have histograms and numbers: appended to, closed, killed, made into blocks, deleted from; after each step it has what it should have.</summary>
public class HistogramLivesTests
{
    private const long Start = 1_700_000_000_000;
    private const int Series = 12;
    private const int Length = 1600;

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Nothing_is_lost_or_changed(int seed, bool snapshots)
    {
        var random = new Random(seed);
        var folders = new List<TempFolder> { new() };
        var deleted = new List<(long From, long To)>();
        MixedSample[][] series = [.. Enumerable.Range(0, Series).Select(_ => HistogramSequences.Random(random, Length, Start))];
        var test = new TestTsdb(folders[0], configure: Configure);
        try
        {
            int done = 0;
            while (done < Length)
            {
                string step;
                switch (random.Next(10))
                {
                    case < 5:
                        int more = Math.Min(Length - done, 1 + random.Next(260));
                        Append(test, series, done, more);
                        done += more;
                        step = "append";
                        break;
                    case 5:
                        test.Reopen();
                        step = "close and open";
                        break;
                    case 6:
                        folders.Add(new TempFolder());
                        CopyAsKilled(folders[^2].Path, folders[^1].Path);
                        test.Dispose();
                        test = new TestTsdb(folders[^1], configure: Configure);
                        step = "kill";
                        break;
                    case 7:
                        test.Clock.Advance(TimeSpan.FromMinutes(2));
                        step = "maintenance";
                        break;
                    case 8 when done > 100:
                        long from = series[0][random.Next(done)].Time;
                        deleted.Add((from, from + random.Next(600_000)));
                        test.Db.Delete([new Matcher(Core.Matching.MatchType.Equal, "__name__", "m")], deleted[^1].From, Math.Min(deleted[^1].To, series.Max(s => s[done - 1].Time)));
                        deleted[^1] = (from, Math.Min(deleted[^1].To, series.Max(s => s[done - 1].Time)));
                        step = "delete";
                        break;
                    default:
                        test.Db.Compact(TestContext.Current.CancellationToken);
                        step = "compact";
                        break;
                }

                AssertHolds(test, series, done, deleted, $"seed {seed}, after {step} at {done}");
            }
        }
        finally
        {
            test.Dispose();
            folders.ForEach(static folder => folder.Dispose());
        }

        TsdbOptions Configure(TsdbOptions options) => options with { HeadSnapshots = snapshots, WalSegmentBytes = 128 * 1024 };
    }

    private static void Append(TestTsdb test, MixedSample[][] series, int from, int count)
    {
        var batch = new SampleBatch();
        for (int k = from; k < from + count; k++)
        {
            batch.Clear();
            foreach ((int i, MixedSample[] samples) in series.Index())
            {
                samples[k].AddTo(batch, test.Db.GetOrAdd(TestTsdb.Name("m", "i", $"{i:D2}")));
            }

            Assert.Equal(batch.Count, test.Db.Append(batch).Appended);
        }
    }

    // What a process leaves that ends between two appends.
    private static void CopyAsKilled(string from, string to)
    {
        foreach (string folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(static f => !f.EndsWith("/lock", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }

    private static void AssertHolds(TestTsdb test, MixedSample[][] series, int done, List<(long From, long To)> deleted, string when)
    {
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection([], long.MinValue, long.MaxValue), CancellationToken.None);
        var buffer = new SampleBuffer(4);
        int seen = 0;
        for (int n = 0; n < set.Count; n++)
        {
            set.Read(n, long.MinValue, long.MaxValue, buffer);
            int i = int.Parse(set.GetLabels(n)["i"]!, CultureInfo.InvariantCulture);
            MixedSample[] expected = [.. series[i].Take(done).Where(s => !deleted.Exists(d => d.From <= s.Time && s.Time <= d.To))];
            seen += expected.Length > 0 ? 1 : 0;
            Assert.True(expected.Select(static s => s.Time).SequenceEqual(buffer.Timestamps.ToArray()), $"{when}: series {i} has {buffer.Count} samples, should have {expected.Length}");
            for (int k = 0; k < expected.Length; k++)
            {
                FloatHistogram? actual = buffer.HasHistograms ? buffer.Histograms[k] : null;
                bool isMarker = Staleness.IsMarker(expected[k].Value);
                Assert.True(
                    BitConverter.DoubleToInt64Bits(expected[k].Value) == BitConverter.DoubleToInt64Bits(buffer.Values[k])
                        && (isMarker || expected[k].Histogram.IsNone == actual is null)
                        && (isMarker || actual is null || actual.Compact().ContentEquals(expected[k].Histogram.ToFloat().Compact())),
                    $"{when}: series {i}, sample {k}: {(expected[k].Histogram.IsNone ? "a number" : expected[k].Histogram.ToFloat().ToText())} became {actual?.ToText() ?? "a number"}");
            }
        }

        Assert.True(done == 0 || seen == Series, $"{when}: {seen} series");
    }
}
