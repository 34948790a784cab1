using Pharos.Core.Samples;

namespace Pharos.Storage.Tests;

/// <summary>Series of samples of the kinds that occur, and of kinds that do not.</summary>
internal static class SampleSequences
{
    /// <summary>Ascending times within two hours, values of one kind.</summary>
    public static Sample[] Random(Random random, int count, long? start = null)
    {
        var samples = new Sample[count];
        long time = start ?? random.Next(3) switch
        {
            0 => random.NextInt64(-1_000_000, 1_000_000),
            1 => random.NextInt64(1L << 50),
            _ => 1_700_000_000_000 + random.Next(1_000_000),
        };
        int timeKind = random.Next(4);
        int valueKind = random.Next(7);
        double value = valueKind == 6 ? BitConverter.Int64BitsToDouble(random.NextInt64()) : random.Next(1000);
        for (int i = 0; i < count; i++)
        {
            samples[i] = new Sample(time, value);
            time += NextStep(random, timeKind);
            value = NextValue(random, valueKind, value);
        }

        return samples;
    }

    /// <summary>Equal, values by their bits.</summary>
    public static void AssertSame(IReadOnlyList<Sample> expected, IReadOnlyList<Sample>? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            if (expected[i].Timestamp != actual[i].Timestamp
                || BitConverter.DoubleToUInt64Bits(expected[i].Value) != BitConverter.DoubleToUInt64Bits(actual[i].Value))
            {
                Assert.Fail($"sample {i}: {expected[i]} expected, {actual[i]} found");
            }
        }
    }

    private static long NextStep(Random random, int kind) => kind switch
    {
        0 => 15_000,
        1 => random.Next(20) == 0 ? 15_000 + random.Next(30) : 15_000,
        2 => 1 + random.Next(1_200_000),
        _ => random.Next(10) switch
        {
            0 => 1,
            1 => 15_000 + 8192,
            2 => 15_000 + 65_536,
            3 => 15_000 + 524_288,
            4 => 3_000_000,
            _ => 15_000,
        },
    };

    private static double NextValue(Random random, int kind, double value) => kind switch
    {
        0 => value,
        1 => value + random.Next(3),
        2 => random.Next(5) == 0 ? value + random.Next(100) : value,
        3 => value + random.NextDouble(),
        4 => random.NextDouble() * Math.Pow(10, random.Next(-300, 300)),
        5 => random.Next(4) == 0 ? Staleness.Marker : random.Next(10) * 0.25,
        _ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
    };
}
