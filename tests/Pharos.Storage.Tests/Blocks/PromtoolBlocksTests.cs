using System.Globalization;
using System.Text;
using Pharos.Core.Contracts;
using Pharos.Core.Samples;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Blocks;

/// <summary>Blocks that the real promtool makes, against what the real promtool reads of them.</summary>
public class PromtoolBlocksTests
{
    private const long Begin = 1_700_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Blocks_of_promtool_are_read_as_promtool_reads_them(int seed)
    {
        Promtool.SkipWithout();
        var random = new Random(seed);
        using var folder = new TempFolder();
        using var input = new TempFolder();

        // Seven hours; the second file has two of them again with the same samples and further series, so that blocks overlap.
        string[] series = [.. Enumerable.Range(0, 120).Select(i => Name(random, i))];
        Promtool.Run("tsdb", "create-blocks-from", "openmetrics", input.Write("a.txt", Text(series[..100], 0, 7 * 3600)), folder.Path);
        Promtool.Run("tsdb", "create-blocks-from", "openmetrics", input.Write("b.txt", Text(series[60..], 2 * 3600, 2 * 3600)), folder.Path);
        SortedDictionary<string, List<Sample>> expected = Promtool.Dump(folder.Path);
        Assert.Equal(120, expected.Count);
        Assert.True(Directory.GetDirectories(folder.Path, "01*").Length >= 5);
        using TestTsdb test = TestTsdb.Open(folder);
        SortedDictionary<string, Sample[]> read = test.ReadAll();
        Assert.Equal(expected.Keys, read.Keys);
        foreach ((string labels, List<Sample> samples) in expected)
        {
            SampleSequences.AssertSame(samples, read[labels]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_with_blocks_and_a_head_goes_from_Prometheus_to_us_and_back(bool kill)
    {
        Promtool.SkipWithout();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using var input = new TempFolder();
        using var configuration = new TempFolder();
        string[] series = [.. Enumerable.Range(0, 20).Select(static i => $"old{{i=\"{i}\"}}")];
        Promtool.Run("tsdb", "create-blocks-from", "openmetrics", input.Write("a.txt", Text(series, 0, 11 * 3600)), folder.Path);
        long end = (Begin + (11 * 3600)) * 1000;
        Dictionary<string, Sample[]> old;
        Dictionary<string, Sample[]> recent;
        using (RealPrometheus prometheus = await RealPrometheus.StartAsync(configuration, folder.Path, scrapeItself: true, cancellation))
        {
            old = await prometheus.SamplesAsync("old[12h]", end, cancellation);
            do
            {
                await Task.Delay(100, cancellation);
                recent = await prometheus.SamplesAsync("{job=\"self\"}[10m]", Later(), cancellation);
            }
            while (recent.Count < 200 || recent.Values.Max(static samples => samples.Length) < 3);

            prometheus.Stop(kill);
        }

        Assert.Equal(20, old.Count);
        using (TestTsdb test = TestTsdb.Open(folder))
        {
            SortedDictionary<string, Sample[]> ours = test.ReadAll();
            foreach ((string labels, Sample[] samples) in old)
            {
                SampleSequences.AssertSame(samples, ours[labels]);
            }

            foreach ((string labels, Sample[] samples) in recent)
            {
                SampleSequences.AssertSame(samples, ours[labels][..samples.Length]);
            }

            Assert.Equal(AppendResult.Appended, test.Append(TestTsdb.Name("m_ours"), test.Db.GetMetrics().MaxTime + 1, 42));
        }

        using RealPrometheus again = await RealPrometheus.StartAsync(configuration, folder.Path, scrapeItself: false, cancellation);
        Assert.Equal(42, (await again.SamplesAsync("m_ours[10m]", Later(), cancellation)).Single().Value.Single().Value);
        Dictionary<string, Sample[]> given = await again.SamplesAsync("old[12h]", end, cancellation);
        foreach ((string labels, Sample[] samples) in old)
        {
            SampleSequences.AssertSame(samples, given[labels]);
        }
    }

    private static long Later() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 60_000;

    private static string Name(Random random, int i) => random.Next(4) switch
    {
        0 => $"plain_{i}",
        1 => $"a{{job=\"j{i % 4}\",instance=\"{i}\"}}",
        2 => $"a{{job=\"j{i % 4}\",instance=\"{i}\",path=\"/ä/\\\"x\\\\\\n{i % 3}\"}}",
        _ => $"b{{le=\"{i}.5\",long=\"{new string('y', 100 + i)}\"}}",
    };

    private static string Text(string[] series, int from, int seconds)
    {
        var text = new StringBuilder();
        foreach (string one in series)
        {
            int hash = one.Sum(static c => c);
            int step = 20 + (hash % 3 * 7);
            for (int at = from + step - (from % step); at < from + seconds; at += step)
            {
                string value = (hash % 5) switch
                {
                    0 => (at / step).ToString(CultureInfo.InvariantCulture),
                    1 => "7",
                    2 => Math.Sin(at * 0.001).ToString("R", CultureInfo.InvariantCulture),
                    3 => (at % 11) switch { 0 => "NaN", 1 => "+Inf", 2 => "-Inf", 3 => "1e300", 4 => "-0", _ => "4.9e-324" },
                    _ => (at * 1e9 / 7).ToString("R", CultureInfo.InvariantCulture),
                };
                text.Append(CultureInfo.InvariantCulture, $"{one} {value} {Begin + at}.{hash % 1000:000}\n");
            }
        }

        return text.Append("# EOF\n").ToString();
    }
}
