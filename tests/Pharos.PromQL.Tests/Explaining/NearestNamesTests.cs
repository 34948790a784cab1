using Pharos.PromQL.Explaining;

namespace Pharos.PromQL.Tests.Explaining;

public class NearestNamesTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "abd", 1)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "ab", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("abcdefgh", "zzzzzzzz", 5)]
    public void Letters_apart_are_counted_up_to_a_bound(string left, string right, int distance)
    {
        Assert.Equal(distance, NearestNames.Distance(left, right, 4));
        Assert.Equal(distance, NearestNames.Distance(right, left, 4));
    }

    [Fact]
    public void The_bounded_count_agrees_with_the_plain_one()
    {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            string left = Word(random);
            string right = Word(random);
            Assert.Equal(Math.Min(Plain(left, right), 4), NearestNames.Distance(left, right, 3));
        }
    }

    [Fact]
    public void Names_of_the_same_parts_are_near_though_many_letters_apart() =>
        Assert.Equal(["node_memory_available_bytes"], NearestNames.Find("memory_available_total", ["node_memory_available_bytes", "go_gc_total", "up"]));

    [Fact]
    public void The_nearest_comes_first_and_there_are_at_most_five() =>
        Assert.Equal(["abcd", "abca", "abcb", "abcc", "abce"], NearestNames.Find("abcd", ["abcf", "abce", "abcd", "abcc", "abcb", "abca"]));

    [Fact]
    public void Beside_one_that_is_very_near_those_far_off_are_left_out() =>
        Assert.Equal(["node_cpu_seconds_total"], NearestNames.Find("node_cpu_secnds_total", ["node_cpu_seconds_total", "process_cpu_seconds_total", "node_boot_time_seconds"]));

    [Fact]
    public void Nothing_is_near_where_nothing_is() => Assert.Empty(NearestNames.Find("http_requests_total", ["up", "process_cpu_seconds_total", "go_goroutines"]));

    [Fact]
    public void A_wanted_name_that_is_empty_or_enormous_has_no_near_ones()
    {
        Assert.Empty(NearestNames.Find("", ["a"]));
        Assert.Empty(NearestNames.Find(new string('a', 1000), [new string('a', 1000)]));
    }

    private static string Word(Random random) => new([.. Enumerable.Range(0, random.Next(8)).Select(_ => (char)('a' + random.Next(3)))]);

    private static int Plain(string left, string right)
    {
        int[,] cells = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                int best = i == 0 ? j : j == 0 ? i : Math.Min(Math.Min(cells[i - 1, j], cells[i, j - 1]) + 1, cells[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                cells[i, j] = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] ? Math.Min(best, cells[i - 2, j - 2] + 1) : best;
            }
        }

        return cells[left.Length, right.Length];
    }
}
