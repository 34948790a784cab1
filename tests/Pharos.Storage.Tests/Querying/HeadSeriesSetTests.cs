using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Storage.Tests.Querying;

public class HeadSeriesSetTests
{
    private const long StepMs = 15_000;

    [Fact]
    public void Series_of_any_age_and_lengths_read_the_same_together_as_alone_over_every_range()
    {
        using var test = new TestTsdb();
        var random = new Random(1);
        Labels[] series = [.. Enumerable.Range(0, 43).Select(static i => TestTsdb.Name("m", "i", i.ToString("D2", null)))];
        List<Sample>[] expected = [.. series.Select(static _ => new List<Sample>())];

        // Targets of ten series each begin and end at times of their own; the series of a target share their timestamps.
        (int Begin, int End)[] lives = [.. Enumerable.Range(0, 5).Select(_ => random.Next(300)).Select(begin => (begin, begin + 1 + random.Next(500)))];
        for (int step = 0; step < 800; step++)
        {
            for (int i = 0; i < series.Length; i++)
            {
                (int begin, int end) = lives[i / 10];
                if (step < begin || step >= end)
                {
                    continue;
                }

                var late = new Random((step * 10) + (i / 10));
                long time = (step * StepMs) + (late.Next(20) == 0 ? late.Next(900) : 0);
                double before = step == begin ? random.Next(1000) : expected[i][^1].Value;
                double value = (i % 4) switch
                {
                    0 => before + random.Next(5),
                    1 => before,
                    2 => random.NextDouble(),
                    _ => random.Next(50) == 0 ? Staleness.Marker : random.Next(10),
                };
                test.Append(series[i], time, value);
                expected[i].Add(new Sample(time, value));
            }
        }

        for (int round = 0; round < 300; round++)
        {
            long minTime = round == 0 ? long.MinValue : random.Next(800) * StepMs;
            long maxTime = round == 0 ? long.MaxValue : minTime + (random.Next(400) * StepMs) + random.Next(2);
            SortedDictionary<string, Sample[]> read = test.Read(minTime, maxTime);
            for (int i = 0; i < series.Length; i++)
            {
                Sample[] wanted = [.. expected[i].Where(s => s.Timestamp >= minTime && s.Timestamp <= maxTime)];
                SampleSequences.AssertSame(wanted, read.GetValueOrDefault(series[i].ToString(), []));
            }
        }
    }
}
