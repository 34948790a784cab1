using System.Text;

namespace Pharos.Fuzz;

/// <summary>Makes new inputs from seeds and words; the same for the same random numbers.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> seeds, IReadOnlyList<string> words)
{
    private const int MaxChanges = 6;
    private const int MaxCopies = 3000;
    private const int MaxLength = 1 << 16;

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var input = new List<byte>(seeds[random.Next(seeds.Count)]);
        for (int i = random.Next(1, MaxChanges + 1); i > 0 && input.Count < MaxLength; i--)
        {
            Change(input);
        }

        return [.. input];
    }

    private void Change(List<byte> input)
    {
        int at = random.Next(input.Count + 1);
        switch (random.Next(10))
        {
            case 0:
                input.Insert(at, (byte)random.Next(256));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 2 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 3:
                input.RemoveRange(at, Math.Min(random.Next(1, 12), input.Count - at));
                break;
            case 4:
                input.InsertRange(random.Next(input.Count + 1), input.GetRange(at, Math.Min(random.Next(1, 40), input.Count - at)));
                break;
            case 5:
                // A part of another seed.
                byte[] other = seeds[random.Next(seeds.Count)];
                int from = random.Next(other.Length + 1);
                input.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(1, 40), other.Length - from)).ToArray());
                break;
            case 6 when random.Next(20) == 0:
                Nest(input, at);
                break;
            case 7:
                // A whole seed as an operand.
                input.InsertRange(at, [(byte)'(', .. seeds[random.Next(seeds.Count)], (byte)')']);
                break;
            default:
                input.InsertRange(at, Encoding.UTF8.GetBytes(words[random.Next(words.Count)]));
                break;
        }
    }

    // Many times the same: depth, or length.
    private void Nest(List<byte> input, int at)
    {
        byte[] word = Encoding.UTF8.GetBytes(words[random.Next(words.Count)]);
        int copies = random.Next(2, MaxCopies);
        var many = new List<byte>(word.Length * copies);
        for (int i = 0; i < copies; i++)
        {
            many.AddRange(word);
        }

        input.InsertRange(at, many);
        if (word.Contains((byte)'('))
        {
            input.AddRange(Enumerable.Repeat((byte)')', copies));
        }
    }
}
