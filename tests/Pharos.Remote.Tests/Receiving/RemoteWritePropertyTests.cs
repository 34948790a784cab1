using System.Buffers;
using System.Net;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Receiving;
using Pharos.Testing;

namespace Pharos.Remote.Tests.Receiving;

/// <summary>Random requests against a plain account of what they should leave in the store.</summary>
public sealed class RemoteWritePropertyTests
{
    private const long Now = 1_795_132_800_000;

    private readonly InMemoryAppender _store = new();
    private readonly RemoteWriteReceiver _receiver;

    public RemoteWritePropertyTests()
    {
        _receiver = new RemoteWriteReceiver(_store, new RemoteWriteLimits(), new ManualTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Now)));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 5)]
    [InlineData(3, 0, 3)]
    [InlineData(4, 1, 2)]
    public void Every_shape_of_request_leaves_exactly_its_series_and_samples(int seed, int fewest, int most)
    {
        var random = new Random(seed);
        var expected = new Dictionary<Labels, List<Sample>>();
        for (int request = 0; request < 150; request++)
        {
            var builder = new WriteRequestBuilder();
            for (int i = 0; i < 20; i++)
            {
                string[] labels = RandomLabels(random);
                var samples = new (long, double)[random.Next(fewest, most + 1)];
                for (int k = 0; k < samples.Length; k++)
                {
                    samples[k] = (Now - 1_000_000 + (request * 1000) + (i * 10) + k, RandomValue(random));
                }

                builder.Add(labels, samples);
                if (samples.Length > 0)
                {
                    List<Sample> account = expected.TryGetValue(Labels.Of(labels), out List<Sample>? known) ? known : expected[Labels.Of(labels)] = [];
                    account.AddRange(samples.Select(static s => new Sample(s.Item1, s.Item2)));
                }
            }

            Assert.Equal(HttpStatusCode.NoContent, Send(builder.ToBody()).Status);
        }

        Assert.Equal(expected.Count, _store.Series.Count);
        foreach ((Labels labels, List<Sample> samples) in expected)
        {
            Assert.Equal(samples, _store.SamplesOf(labels));
        }
    }

    [Fact]
    public void Values_that_look_like_the_end_of_a_series_make_no_other_series()
    {
        // The label's value ends in the 18 bytes of a sample, so that the message without its own sample looks like a shorter series with one.
        byte[] fake = [0x12, 0x10, 0x09, 1, 2, 3, 4, 5, 6, 7, 8, 0x10, 0x81, 0x81, 0x81, 0x81, 0x81, 0x01];
        string text = string.Concat(fake.Select(static b => (char)(b & 0x7f)));
        for (int i = 0; i < 3; i++)
        {
            Send(new WriteRequestBuilder().Add(["__name__", "x", "y", text]).Add(["__name__", "x", "y", text], (Now + i, i)).ToBody());
            Send(new WriteRequestBuilder().Add(["__name__", "x"], (Now + i, i)).ToBody());
            Send(new WriteRequestBuilder().Add(["__name__", "x"], (Now + 10 + i, i), (Now + 20 + i, i)).ToBody());
        }

        Assert.Equal(
            [Labels.Of("__name__", "x", "y", text), Labels.Of("__name__", "x")],
            _store.Series);
    }

    [Fact]
    public void Mutated_requests_are_answered_and_take_little_memory()
    {
        var random = new Random(9);
        byte[][] messages =
        [
            new WriteRequestBuilder().Add(["__name__", "up", "job", "node"], (Now, 1)).Add(["__name__", "x"], (Now, 1)).ToMessage(),
            new WriteRequestBuilder().Add(["__name__", "up", "job", "node"], (Now, 1), (Now + 1, 2)).Add(["__name__", "x"], (Now, 1), (Now + 5, 7)).ToMessage(),
        ];
        long before = GC.GetAllocatedBytesForCurrentThread();
        int read = 0;
        const int Rounds = 40_000;
        for (int i = 0; i < Rounds; i++)
        {
            byte[] message = Mutate(random, messages[i % messages.Length]);
            byte[] body = i % 4 == 0 ? Mutate(random, WriteRequestBuilder.CompressToLiterals(message)) : WriteRequestBuilder.CompressToLiterals(message);
            RemoteWriteResponse response = Send(body);
            read += response.Message.StartsWith("malformed", StringComparison.Ordinal) || response.Message.StartsWith("snappy", StringComparison.Ordinal) ? 0 : 1;
            Assert.True(response.Status is HttpStatusCode.NoContent or HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, response.ToString());
        }

        Assert.InRange(read, Rounds / 10, Rounds * 9 / 10);
        Assert.True((GC.GetAllocatedBytesForCurrentThread() - before) / Rounds < 64 * 1024);
        Assert.All(_store.Series, static labels => Assert.NotEmpty(labels.MetricName));
    }

    [Fact]
    public void A_steady_sender_costs_no_allocation_per_series()
    {
        var store = new RememberingStore();
        var receiver = new RemoteWriteReceiver(store, new RemoteWriteLimits(), new ManualTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Now)));
        foreach (int samples in (ReadOnlySpan<int>)[1, 3])
        {
            var builder = new WriteRequestBuilder();
            for (int i = 0; i < 500; i++)
            {
                builder.Add(["__name__", "http_requests_total", "i", $"{i}"], [.. Enumerable.Range(0, samples).Select(static k => (Now + k, (double)k))]);
            }

            var body = new ReadOnlySequence<byte>(builder.ToBody());
            receiver.Receive(null, null, body);
            receiver.Receive(null, null, body);
            long before = GC.GetAllocatedBytesForCurrentThread();
            receiver.Receive(null, null, body);

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500);
        }
    }

    private RemoteWriteResponse Send(byte[] body) => _receiver.Receive("application/x-protobuf", "snappy", new ReadOnlySequence<byte>(body));

    private static string[] RandomLabels(Random random)
    {
        var labels = new List<string> { "__name__", $"metric_{random.Next(6)}" };
        foreach (string name in (ReadOnlySpan<string>)["a", "é", "job"])
        {
            if (random.Next(2) == 0)
            {
                labels.AddRange([name, new string((char)('a' + random.Next(3)), random.Next(1, 200))]);
            }
        }

        return [.. labels];
    }

    // Values whose bytes look like keys and lengths of the format are the interesting ones.
    private static double RandomValue(Random random) => random.Next(3) switch
    {
        0 => random.Next(100),
        1 => BitConverter.UInt64BitsToDouble(0x3f10_0910_1210_0912),
        _ => random.NextDouble(),
    };

    private static byte[] Mutate(Random random, byte[] message)
    {
        List<byte> mutated = [.. message];
        for (int i = random.Next(1, 4); i > 0 && mutated.Count > 0; i--)
        {
            int at = random.Next(mutated.Count);
            switch (random.Next(4))
            {
                case 0:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 2:
                    mutated.RemoveRange(at, random.Next(mutated.Count - at) + 1);
                    break;
                default:
                    mutated.InsertRange(at, mutated.GetRange(at, Math.Min(random.Next(1, 20), mutated.Count - at)));
                    break;
            }
        }

        return [.. mutated];
    }
}
