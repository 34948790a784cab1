using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Core.Tests.Samples;

public class SampleBufferTests
{
    [Fact]
    public void Columns_that_are_there_grow_with_the_buffer()
    {
        var buffer = new SampleBuffer(1);
        buffer.Add(1, new FloatHistogram { Sum = 7 });
        buffer.SetStartTimestamp(0, 5);
        for (int i = 2; i < 3000; i++)
        {
            buffer.Add(i, i);
        }

        Assert.Equal(2999, buffer.Histograms.Length);
        Assert.Equal(2999, buffer.StartTimestamps.Length);
        Assert.Equal(7, buffer.Histograms[0]!.Sum);
        Assert.True(buffer.Histograms[1..].ToArray().All(static h => h is null));
        Assert.Equal((5, 0), (buffer.StartTimestamps[0], buffer.StartTimestamps[2998]));
    }

    [Fact]
    public void A_part_is_kept_with_all_its_columns_and_nothing_stays_of_the_rest()
    {
        var buffer = new SampleBuffer(4);
        for (int i = 0; i < 10; i++)
        {
            buffer.Add(i, new FloatHistogram { Sum = i });
            buffer.SetStartTimestamp(i, 100 + i);
        }

        buffer.Keep(3, 4);
        Assert.Equal([3, 4, 5, 6], buffer.Timestamps.ToArray());
        Assert.Equal([3, 4, 5, 6], buffer.Values.ToArray());
        Assert.Equal([3, 4, 5, 6], buffer.Histograms.ToArray().Select(static h => h!.Sum));
        Assert.Equal([103, 104, 105, 106], buffer.StartTimestamps.ToArray());
        buffer.Add(7, 1);
        Assert.Null(buffer.Histograms[4]);
        Assert.Equal(0, buffer.StartTimestamps[4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Keep(3, 3));
    }
}
