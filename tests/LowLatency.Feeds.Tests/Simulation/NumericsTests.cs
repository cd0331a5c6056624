using LowLatency.Feeds.Simulation;

namespace LowLatency.Feeds.Tests.Simulation;

public sealed class NumericsTests
{
    [Fact]
    public void Should_Be_Near_The_True_Exponential_And_Logarithm()
    {
        for (double x = -20; x < 20; x += 0.0137)
        {
            Assert.Equal(1, ElementaryFunctions.Exp(x) / Math.Exp(x), 1e-12);
            double y = Math.Exp(x);
            Assert.Equal(Math.Log(y), ElementaryFunctions.Log(y), 1e-11);
        }

        Assert.Equal(0, ElementaryFunctions.Exp(-1000));
        Assert.Equal(0, ElementaryFunctions.Log(1));
    }

    [Fact]
    public void Should_Be_Standard_Normal()
    {
        var random = new Xoshiro256(7);
        double sum = 0;
        double squares = 0;
        double fourth = 0;
        const int count = 1_000_000;
        for (int i = 0; i < count; i++)
        {
            double x = NormalTable.At(random.Next());
            sum += x;
            squares += x * x;
            fourth += x * x * x * x;
        }

        Assert.InRange(sum / count, -0.005, 0.005);
        Assert.InRange(squares / count, 0.99, 1.01);
        Assert.InRange(fourth / count, 2.9, 3.1);
    }

    [Fact]
    public void Should_Follow_The_Published_Generator()
    {
        // The state that splitmix64 makes of 0, and xoshiro256** run by hand from it.
        var random = new Xoshiro256(0);
        ulong s0 = 0xE220A8397B1DCDAF, s1 = 0x6E789E6AA1B965F4, s2 = 0x06C45D188009454F, s3 = 0xF88BB8A8724C81EC;
        for (int i = 0; i < 100; i++)
        {
            ulong product = s1 * 5;
            ulong expected = ((product << 7) | (product >> 57)) * 9;
            ulong t = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= t;
            s3 = (s3 << 45) | (s3 >> 19);
            Assert.Equal(expected, random.Next());
        }
    }

    [Theory]
    [InlineData("0.01", 18250, 182.5)]
    [InlineData("0.25", 19203, 4800.75)]
    [InlineData("0.00001", 108501, 1.08501)]
    [InlineData("0.1", 3, 0.3)]
    [InlineData("100", 7, 700.0)]
    public void Should_Step_On_The_Nearest_Double(string text, long count, double expected)
    {
        Assert.True(DecimalStep.TryParse(text, out DecimalStep step));
        Assert.Equal(expected, step.Of(count));
    }
}
