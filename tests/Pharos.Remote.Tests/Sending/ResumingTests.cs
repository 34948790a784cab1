using System.Net;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Sending;
using Pharos.Testing;
using static Pharos.Remote.Tests.Sending.SendingSetup;

namespace Pharos.Remote.Tests.Sending;

/// <summary>Reloads, restarts and kills: nothing is lost, and nothing comes twice but the request that was on its way.</summary>
public sealed class ResumingTests
{
    private const string Small = "queue_config: {max_samples_per_send: 4, capacity: 4, min_shards: 3, max_shards: 3}";

    [Fact]
    public async Task A_queue_that_did_not_change_goes_on_undisturbed()
    {
        await using var setup = new SendingSetup();
        await setup.ApplyAsync();
        RemoteWriteQueueCounters counters = setup.Counters;
        await setup.ApplyAsync();
        Assert.Same(counters, setup.Counters);
        Assert.DoesNotContain("stopped", setup.Messages.Lines);
    }

    [Fact]
    public async Task A_queue_whose_settings_change_goes_on_where_it_was()
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        await setup.ApplyAsync();
        setup.Receiver.Answer = static _ => new HttpResponseMessage(HttpStatusCode.InternalServerError);
        setup.Log.Append(At(up, 1, 1));
        await Wait.UntilAsync(() => setup.Counters[RemoteWriteCount.PendingSamples] == 1, "the sample to be read");
        setup.Receiver.Answer = null;
        await setup.ApplyAsync("remote_timeout: 1s", Labels.Of("cluster", "c"));
        setup.Log.Append(At(up, 2, 2));
        await setup.DeliverAsync(2);
        Assert.Equal(["up{cluster=\"c\"} 1@1700000001000", "up{cluster=\"c\"} 2@1700000002000"], setup.Receiver.Samples);
    }

    [Fact]
    public async Task A_receiver_that_goes_gets_the_rest_and_begins_anew_when_it_comes_back()
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        await setup.ApplyAsync();
        setup.Log.Append(At(up, 1, 1));
        await setup.Manager.ApplyAsync([], Labels.Empty);
        Assert.Equal(1, setup.Receiver.SampleCount);
        Assert.Empty(Directory.GetFiles(setup.Positions));
        setup.Log.Append(At(up, 2, 2));
        await setup.ApplyAsync();
        setup.Log.Append(At(up, 3, 3));
        await setup.DeliverAsync(2);
        Assert.Equal(["up 1@1700000001000", "up 3@1700000003000"], setup.Receiver.Samples);
    }

    [Fact]
    public async Task Two_queues_to_one_receiver_remember_each_its_own_place()
    {
        await using var setup = new SendingSetup();
        await setup.Manager.ApplyAsync([ConfigOf("remote_timeout: 1s"), ConfigOf("remote_timeout: 2s")], Labels.Empty);
        Assert.Equal(2, Directory.GetFiles(setup.Positions, "*.position").Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task After_a_kill_every_sample_arrives_once_but_for_the_requests_that_were_on_their_way(int seed)
    {
        await using var setup = new SendingSetup();
        var random = new Random(seed);
        SeriesRef[] series = [.. Enumerable.Range(1, 11).Select(i => setup.Log.Hold((ulong)i, Named("m", "i", i.ToString())))];
        await setup.ApplyAsync(Small);
        MemoryReceiver first = setup.Receiver;
        int limit = random.Next(3, 30);

        // From some request on, the receiver takes what comes but its answer is lost.
        var lost = new TaskCompletionSource();
        first.Answer = request =>
        {
            if (first.Requests.Count > limit)
            {
                first.Hold = lost;
            }

            return null;
        };
        int written = 0;
        for (int second = 1; second <= 30; second++)
        {
            SeriesRef[] some = [.. series.Where(_ => random.Next(3) > 0)];
            setup.Log.Append([.. some.Select(one => At(one, second, second)), At(series[0], second + 1000, 0)]);
            written += some.Length + 1;
        }

        await Wait.UntilAsync(() => first.Requests.Count > limit && setup.Counters[RemoteWriteCount.EnqueueRetries] > 0, "requests without answers");
        await Wait.UntilAsync(() => first.Requests.Count(static r => !r.WasTaken) is > 0 and <= 3 && setup.Counters[RemoteWriteCount.Shards] == 3, "requests on their way");
        int onTheWay = -1;
        await Wait.UntilAsync(() => onTheWay == (onTheWay = first.Requests.Count(static r => !r.WasTaken)), "the receiver to be still");
        await setup.RestartAsync(Small, kill: true);
        MemoryReceiver second2 = setup.Receiver;
        string[] unanswered = [.. first.Requests.Where(static r => !r.WasTaken).SelectMany(Text)];
        string[] taken = [.. first.Taken.SelectMany(Text)];
        await Wait.UntilAsync(
            () =>
            {
                setup.Clock.Advance(TimeSpan.FromSeconds(5));
                return second2.SampleCount >= written - taken.Length;
            },
            "the rest");

        string[] after = [.. second2.Taken.SelectMany(Text)];
        Assert.Equal(written, taken.Concat(after).Count());
        Assert.Equal(written, taken.Concat(after).Distinct().Count());
        Assert.Subset(after.ToHashSet(), unanswered.ToHashSet());

        // What was on its way comes in requests of the same extent, so that a receiver that has them already refuses nothing new.
        foreach (MemoryReceiver.Request request in first.Requests.Where(static r => !r.WasTaken))
        {
            string[] extent = [.. Text(request)];
            Assert.Contains(second2.Taken, again => Text(again).SequenceEqual(extent));
        }
    }

    [Fact]
    public async Task Without_any_place_remembered_a_start_begins_at_the_end_of_the_log()
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        await setup.ApplyAsync();
        await setup.Manager.StopAsync();
        string file = Assert.Single(Directory.GetFiles(setup.Positions));
        await File.WriteAllBytesAsync(file, new byte[100], TestContext.Current.CancellationToken);
        setup.Log.Append(At(up, 1, 1));
        await setup.RestartAsync("", kill: false);
        setup.Log.Append(At(up, 2, 2));
        await setup.DeliverAsync(1);
        Assert.Equal(["up 2@1700000002000"], setup.Receiver.Samples);
    }

    [Fact]
    public async Task A_place_behind_the_end_of_the_log_is_of_another_log()
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        Directory.CreateDirectory(setup.Positions);
        await setup.ApplyAsync();
        await setup.Manager.StopAsync();
        string file = Assert.Single(Directory.GetFiles(setup.Positions));
        PositionFile.Create(file, 1, [new ShardPosition(new LogMark(new LogPosition(77, 100), 0), null)]).Dispose();
        await setup.RestartAsync("", kill: false);
        setup.Log.Append(At(up, 2, 2));
        await setup.DeliverAsync(1);
        Assert.Equal(["up 2@1700000002000"], setup.Receiver.Samples);
    }

    [Fact]
    public async Task A_place_that_cannot_be_kept_is_told_and_samples_are_sent_all_the_same()
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        await File.WriteAllTextAsync(setup.Positions, "a file where a folder should be", TestContext.Current.CancellationToken);
        await setup.ApplyAsync();
        setup.Log.Append(At(up, 1, 1));
        await setup.DeliverAsync(1);
        Assert.Single(setup.Messages.Lines, static line => line.StartsWith("position: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Segments_that_the_store_dropped_meanwhile_are_told()
    {
        await using var setup = new SendingSetup();
        SeriesRef up = setup.Log.Hold(1, Named("up"));
        await setup.ApplyAsync();
        await setup.Manager.StopAsync();
        setup.Log.Append(At(up, 1, 1));
        setup.Log.BeginSegment();
        setup.Log.Append(At(up, 2, 2));
        setup.Log.DropSegment(0);
        await setup.RestartAsync("", kill: false);
        await setup.DeliverAsync(1);
        Assert.Equal(["up 2@1700000002000"], setup.Receiver.Samples);
        Assert.Contains("lost 1", setup.Messages.Lines);
    }

    private static IEnumerable<string> Text(MemoryReceiver.Request request) =>
        request.Series.SelectMany(static series => series.Samples.Select(sample => $"{series.Labels} {sample.Value}@{sample.Time}"));
}
