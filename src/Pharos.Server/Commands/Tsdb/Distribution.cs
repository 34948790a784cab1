using System.Globalization;
using System.Text;

namespace Pharos.Server.Commands.Tsdb;

/// <summary>How numbers are spread, as bars of text: promtool's form.</summary>
internal static class Distribution
{
    private const int MaxStep = 10_000;

    public static void Write(StringBuilder text, string title, List<int> numbers, int total)
    {
        if (numbers.Count == 0)
        {
            text.Append(title).Append(": N/A\n\n");
            return;
        }

        int min = numbers.Min();
        int max = numbers.Max();
        int step = Step(min, max);
        int start = min - (min % step);
        int end = max - (max % step) + step;
        int[] buckets = new int[((end - start) / step) + 1];
        foreach (int number in numbers)
        {
            buckets[(number - start) / step]++;
        }

        text.Append(CultureInfo.InvariantCulture, $"{title} (min/avg/max): {min}/{numbers.Sum(static n => (long)n) / numbers.Count}/{max}\n");
        int leftWidth = Width(end);
        int rightWidth = Width(end + step);
        int countWidth = Width(buckets.Max());
        for (int i = 0; i < buckets.Length; i++)
        {
            string left = Number((i * step) + start + 1).PadLeft(leftWidth);
            string right = Number(((i + 1) * step) + start).PadLeft(rightWidth);
            int percent = (int)(100L * buckets[i] / total);
            text.Append('[').Append(left).Append(", ").Append(right).Append("]: ").Append(Number(buckets[i]).PadLeft(countWidth)).Append(' ').Append('#', percent).Append('\n');
        }

        text.Append('\n');
    }

    private static int Step(int min, int max)
    {
        int tenth = (max - min) / 10;
        int step = 10;
        while (step < tenth && step <= MaxStep)
        {
            step *= 10;
        }

        return step;
    }

    private static int Width(int number) => Number(number).Length;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
