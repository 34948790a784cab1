using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Core.Tests.Labels;

public sealed class Utf8OrdinalTests
{
    [Fact]
    public void Strings_are_ordered_as_their_bytes()
    {
        var random = new Random(4);
        string[] characters = ["a", "b", "\u007f", "\u0080", "é", "\ud7ff", "\ue000", "\uffff", "😀", "\U0010ffff", "\U00010000"];
        for (int i = 0; i < 20_000; i++)
        {
            string x = Text(random, characters);
            string y = Text(random, characters);

            int expected = Math.Sign(Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y)));

            Assert.Equal(expected, Math.Sign(Utf8Ordinal.Compare(x, y)));
        }
    }

    private static string Text(Random random, string[] characters) =>
        string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => characters[random.Next(characters.Length)]));
}
