"""The assistant. Whatever is loaded of it, numpy comes after this: its kernels are chosen by the environment."""

from bot.processor import choose_kernels

choose_kernels()
