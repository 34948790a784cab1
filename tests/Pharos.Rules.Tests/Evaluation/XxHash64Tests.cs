using System.Text;
using Pharos.Rules.Evaluation;

namespace Pharos.Rules.Tests.Evaluation;

public sealed class XxHash64Tests
{
    [Theory]
    [InlineData("", 0xef46db3751d8e999)]
    [InlineData("a", 0xd24ec4f1a98c6e5b)]
    [InlineData("as", 0x1c330fb2d66be179)]
    [InlineData("asd", 0x631c37ce72a97393)]
    [InlineData("asdf", 0x415872f599cea71e)]
    [InlineData("Call me Ishmael. Some years ago--never mind how long precisely-", 0x02a2e85470d6fd96)]
    public void The_hash_is_the_published_one(string text, ulong expected) => Assert.Equal(expected, XxHash64.Hash(Encoding.ASCII.GetBytes(text)));
}
