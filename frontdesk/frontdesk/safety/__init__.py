"""What the front desk says by itself: always 911, 988 and the helpline."""
