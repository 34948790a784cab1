using System.Text;
using Pharos.Core.Labels;
using Pharos.Storage.Head;

namespace Pharos.Storage.Tests.Head;

public class LabelBytesTests
{
    [Fact]
    public void The_form_is_that_of_the_wire()
    {
        byte[] bytes = Encode(Labels.Of("b", "2", "a", "ä"));
        Assert.Equal("0A070A01611202C3A4" + "0A060A01621201" + "32", Convert.ToHexString(bytes));
        Assert.Equal(2, LabelBytes.Count(bytes));
        byte[] fields = new byte[bytes.Length];
        Assert.Equal("016102C3A401620132", Convert.ToHexString(fields.AsSpan(0, LabelBytes.CopyFields(bytes, fields))));
    }

    [Fact]
    public void Labels_of_all_lengths_come_back()
    {
        foreach (int length in new[] { 1, 59, 60, 61, 127, 128, 129, 16_383, 16_384, 70_000 })
        {
            foreach (string letter in new[] { "x", "ä", "€", "😀" })
            {
                string value = string.Concat(Enumerable.Repeat(letter, length));
                ReadOnlySpan<byte> bytes = Encode(Labels.Of("n", value, letter, "v"));
                var found = new List<string>();
                while (bytes.Length > 0)
                {
                    LabelBytes.Read(ref bytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text);
                    found.Add(Encoding.UTF8.GetString(name));
                    found.Add(Encoding.UTF8.GetString(text));
                }

                Assert.Equal(string.CompareOrdinal("n", letter) < 0 ? ["n", value, letter, "v"] : [letter, "v", "n", value], found);
            }
        }
    }

    private static byte[] Encode(Labels labels)
    {
        byte[] buffer = new byte[LabelBytes.MaxLength(labels)];
        return buffer[..LabelBytes.Encode(labels, buffer)];
    }
}
