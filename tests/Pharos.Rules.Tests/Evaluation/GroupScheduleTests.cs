using Pharos.Rules.Evaluation;

namespace Pharos.Rules.Tests.Evaluation;

public sealed class GroupScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 8, 30, 17, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(60)]
    [InlineData(86400 * 60)]
    public void The_last_moment_lies_less_than_an_interval_back_and_the_moments_keep_the_interval(int seconds)
    {
        var schedule = new GroupSchedule("/etc/rules.yml", "node", TimeSpan.FromSeconds(seconds));

        DateTimeOffset slot = schedule.SlotBefore(Now);

        Assert.InRange(Now - slot, TimeSpan.Zero, schedule.Interval - TimeSpan.FromTicks(1));
        Assert.Equal(slot, schedule.SlotBefore(slot + TimeSpan.FromTicks(10)));
        Assert.InRange(schedule.SlotBefore(Now + schedule.Interval) - slot - schedule.Interval, TimeSpan.Zero, TimeSpan.FromTicks(1));
    }

    [Fact]
    public void Groups_are_spread_over_the_interval_by_file_and_name()
    {
        TimeSpan interval = TimeSpan.FromMinutes(1);
        DateTimeOffset[] slots = [.. Enumerable.Range(0, 100).Select(i => new GroupSchedule($"file{i % 10}", $"group{i / 10}", interval).SlotBefore(Now))];

        Assert.Equal(100, slots.Distinct().Count());
        for (int quarter = 0; quarter < 4; quarter++)
        {
            Assert.InRange(slots.Count(s => s.Second / 15 == quarter), 10, 40);
        }
    }

    [Fact]
    public void Long_paths_have_a_moment_too() =>
        Assert.NotEqual(
            new GroupSchedule(new string('x', 300), "g", TimeSpan.FromHours(1)).SlotBefore(Now),
            new GroupSchedule(new string('x', 301), "g", TimeSpan.FromHours(1)).SlotBefore(Now));
}
